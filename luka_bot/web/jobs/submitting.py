"""Handing in a job, with files; also in reply to one that is done."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from luka_bot.models.errors import Refused
from luka_bot.models.ids import JobId
from luka_bot.models.job import FILES_LIMIT, PROMPT_LIMIT, USUAL_PRIORITY, NewJob
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import Wish
from luka_bot.services.sessions import Visit
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.press import Press, Sorry, elsewhere
from luka_bot.web.jobs.deciding import wish_of
from luka_bot.web.jobs.refusals import said, status_of, told
from luka_bot.web.jobs.settings import Shown
from luka_bot.web.jobs.shelves import Shelves
from luka_bot.web.jobs.uploads import Handed, Uploads
from luka_bot.web.jobs.viewing import Viewing, job_named, viewer_of

_TOKEN = re.compile(r"[\w-]{16,64}", re.ASCII)
_ON_THE_FORM = "refused"  # what can be mended on the form is told there


@dataclass(frozen=True, slots=True)
class _Draft:
    """token: by which a form is known that is sent twice."""

    token: str
    wish: Wish
    parent: JobId | None


class SubmittingPages:
    def __init__(
        self,
        service: JobService,
        viewing: Viewing,
        shelves: Shelves,
        uploads: Uploads,
        shown: Shown,
        press: Press,
    ) -> None:
        self._service = service
        self._viewing = viewing
        self._shelves = shelves
        self._uploads = uploads
        self._shown = shown
        self._press = press

    async def show(self, request: web.Request, caller: Caller) -> web.Response:
        """Raises JobGone, NotYourJob and ReplyTooSoon of the job that is to be replied to."""
        named, wish = request.query.get("parent", ""), Wish("", USUAL_PRIORITY)
        parent = None
        if named:
            job = await self._service.replied_to(viewer_of(caller.known), job_named(named))
            parent, wish = job.id, replace(wish, job_type=job.job_type)
        return await self._form(caller, _Draft(secrets.token_urlsafe(24), wish, parent))

    async def submit(self, request: web.Request, caller: Caller) -> web.Response:
        handed = Handed()
        try:
            return await self._handed_in(request, caller, handed)
        except Refused as error:
            await self._uploads.forget(handed)
            if told(caller.words, error)[0] != _ON_THE_FORM or not handed.fields:
                raise
            wrong = said(caller.words, error)
            return await self._form(caller, _draft(handed.fields), wrong, status_of(error))
        except (Sorry, ConnectionError, asyncio.CancelledError) as error:
            # Where Redis is away the job may be there all the same: then its files stay.
            await self._uploads.forget(handed)
            if isinstance(error, ConnectionError):
                raise Sorry("form", 400) from error
            raise

    async def _handed_in(
        self, request: web.Request, caller: Caller, handed: Handed
    ) -> web.Response:
        visit = caller.known

        async def folder(fields: Mapping[str, str]) -> str:
            return await self._folder(visit, fields)

        await self._uploads.read(request, visit, folder, handed)
        draft = _draft(handed.fields)
        viewer, wish = viewer_of(visit), draft.wish
        new = NewJob(
            f"web:{viewer.user_id}:{draft.token}",
            viewer.user_id,
            viewer.name,
            self._shelves.own(visit),
            wish.prompt or "",
            tuple(handed.files),
            self._service.type_named(wish.job_type or ""),
            wish.priority or USUAL_PRIORITY,
            draft.parent,
            language=caller.words.language,
        )
        job, is_new = await self._service.submit(viewer, new)
        if not is_new:
            await self._uploads.forget(handed)
        return elsewhere(f"/jobs/{job.id}?done=new")

    async def _folder(self, visit: Visit, fields: Mapping[str, str]) -> str:
        """The one of whoever the job will belong to."""
        parent = _draft(fields).parent
        if parent is None:
            folder = self._shelves.own(visit)
        else:
            folder = (await self._service.replied_to(viewer_of(visit), parent)).folder
        await self._shelves.workspaces.prepare(folder)
        return folder

    async def _form(
        self, caller: Caller, draft: _Draft, wrong: str = "", status: int = 200
    ) -> web.Response:
        thread = (
            await self._viewing.thread(caller.known, caller.words, draft.parent)
            if draft.parent is not None
            else []
        )
        return self._press.page(
            "job_new",
            caller,
            status=status,
            draft=draft,
            wish=draft.wish,
            thread=thread,
            wrong=wrong,
            shown=self._shown,
            titles=self._shown.titles,
            files_limit=FILES_LIMIT,
            prompt_limit=PROMPT_LIMIT,
        )


def _draft(fields: Mapping[str, str]) -> _Draft:
    """Raises JobGone, and Sorry for a form that isn't ours."""
    token, parent = fields.get("token", ""), fields.get("parent", "")
    if not _TOKEN.fullmatch(token):
        raise Sorry("form", 400)
    return _Draft(token, wish_of(dict(fields)), job_named(parent) if parent else None)
