"""What is done with a job by a button."""

from aiohttp import web

from luka_bot.models.ids import JobId
from luka_bot.models.job import PRIORITIES, REASON_LIMIT
from luka_bot.models.job_errors import PromptInvalid
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import Wish
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.press import Press, elsewhere
from luka_bot.web.jobs.refusals import said, status_of
from luka_bot.web.jobs.settings import Shown
from luka_bot.web.jobs.viewing import job_asked, viewer_of


class DecidingPages:
    def __init__(self, service: JobService, shown: Shown, press: Press) -> None:
        self._service = service
        self._shown = shown
        self._press = press

    async def approve(self, request: web.Request, caller: Caller) -> web.Response:
        job_id = job_asked(request)
        await self._service.approve(viewer_of(caller.known), job_id, _wish(caller, job_id, "ok"))
        return await _back(request, job_id, "approve")

    async def reject(self, request: web.Request, caller: Caller) -> web.Response:
        job_id = job_asked(request)
        reason = str((await request.post()).get("reason", ""))[: REASON_LIMIT * 2]
        wish = _wish(caller, job_id, "no")
        await self._service.reject(viewer_of(caller.known), job_id, wish, reason)
        return await _back(request, job_id, "reject")

    async def cancel(self, request: web.Request, caller: Caller) -> web.Response:
        job_id = job_asked(request)
        await self._service.cancel(viewer_of(caller.known), job_id, _wish(caller, job_id, "stop"))
        return await _back(request, job_id, "cancel")

    async def delete(self, request: web.Request, caller: Caller) -> web.Response:
        viewer = viewer_of(caller.known)
        job = await self._service.remove(viewer, job_asked(request))
        is_own = job.owner == viewer.user_id
        return elsewhere("/jobs?done=delete" if is_own else "/jobs/all")

    async def show(self, request: web.Request, caller: Caller) -> web.Response:
        job = await self._service.get(viewer_of(caller.known), job_asked(request))
        wish = Wish(job.prompt, job.priority, job.job_type)
        return self._form(caller, job.id, wish)

    async def edit(self, request: web.Request, caller: Caller) -> web.Response:
        job_id, form = job_asked(request), await request.post()
        wish = wish_of({name: str(value) for name, value in form.items()})
        try:
            await self._service.edit(viewer_of(caller.known), job_id, wish)
        except PromptInvalid as error:
            wrong = said(caller.words, error)
            return self._form(caller, job_id, wish, wrong, status_of(error))
        return elsewhere(f"/jobs/{job_id}?done=edit")

    def _form(
        self, caller: Caller, job_id: JobId, wish: Wish, wrong: str = "", status: int = 200
    ) -> web.Response:
        return self._press.page(
            "job_edit",
            caller,
            status=status,
            job_id=job_id,
            wish=wish,
            wrong=wrong,
            shown=self._shown,
        )


def wish_of(fields: dict[str, str]) -> Wish:
    """As a form has it."""
    number = next((one for one in PRIORITIES if str(one) == fields.get("priority")), None)
    prompt = fields.get("prompt", "").replace("\r\n", "\n")
    return Wish(prompt, number, fields.get("type") or None)


def _wish(caller: Caller, job_id: JobId, what: str) -> str:
    """The same of whoever presses twice."""
    return f"web:{caller.known.person.user_id}:{job_id}:{what}"


async def _back(request: web.Request, job_id: JobId, done: str) -> web.Response:
    """To the page where the button was."""
    came_from = str((await request.post()).get("back", ""))
    path = "/jobs/pending" if came_from == "pending" else f"/jobs/{job_id}"
    return elsewhere(f"{path}?done={done}")
