"""What changes while somebody looks at it: told by events that the page then looks up."""

import asyncio
from contextlib import suppress

import structlog
from aiohttp import hdrs, web

from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import JobId
from luka_bot.models.job import Viewer
from luka_bot.models.job_errors import JobGone
from luka_bot.models.people_errors import CheckFailed
from luka_bot.models.rights import Action, may
from luka_bot.services.sessions import Sessions
from luka_bot.storage.job_news import JobNews
from luka_bot.storage.jobs import JobStore
from luka_bot.web.admin.caller import Caller, token_of
from luka_bot.web.jobs.viewing import viewer_of

BEAT = 15.0  # s of silence after which something is said, so that no proxy hangs up
PACE = 0.5  # s between two tellings; what comes meanwhile is told together
ALL = "all"  # news may have been missed
QUEUE = "queue"  # somebody else's job has changed, and others may stand elsewhere in line by it

log = structlog.get_logger(__name__)


class _Seat:
    """What one page hasn't been told yet."""

    def __init__(self) -> None:
        self._changed: set[JobId | None] = set()
        self._woken = asyncio.Event()
        self.left = False

    def hear(self, job_id: JobId | None) -> None:
        self._changed.add(job_id)
        self._woken.set()

    def leave(self) -> None:
        self.left = True
        self._woken.set()

    async def take(self) -> set[JobId | None]:
        """Empty where nothing has changed for a beat."""
        with suppress(TimeoutError):
            async with asyncio.timeout(BEAT):
                await self._woken.wait()
        self._woken.clear()
        changed, self._changed = self._changed, set()
        return changed


class NewsPages:
    def __init__(self, news: JobNews, store: JobStore, sessions: Sessions) -> None:
        self._news = news
        self._store = store
        self._sessions = sessions
        self._seats: set[_Seat] = set()

    async def stream(self, request: web.Request, caller: Caller) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={
                hdrs.CONTENT_TYPE: "text/event-stream",
                hdrs.CACHE_CONTROL: "no-store",
                "X-Accel-Buffering": "no",  # else nginx keeps it back until there is more
                "X-Content-Type-Options": "nosniff",
            }
        )
        seat = _Seat()
        unfollow = self._news.follow(seat.hear)
        self._seats.add(seat)
        try:
            await response.prepare(request)
            await response.write(b"retry: 2000\n: hello\n\n")
            await self._tell(request, response, seat, viewer_of(caller.known))
        except (ConnectionError, StorageAway, CheckFailed) as error:
            log.debug("job_pages.news_ended", error=type(error).__name__)
        finally:
            self._seats.discard(seat)
            unfollow()
        return response

    async def bye(self) -> None:
        """Pages come again, to another luka or to this one when it is back."""
        for seat in self._seats:
            seat.leave()

    async def _tell(
        self, request: web.Request, response: web.StreamResponse, seat: _Seat, viewer: Viewer
    ) -> None:
        loop = asyncio.get_running_loop()
        asked_at = loop.time()
        while not seat.left:
            changed = await seat.take()
            if loop.time() - asked_at >= BEAT:
                viewer, asked_at = await self._anew(request), loop.time()
            lines = {await self._line(viewer, one) for one in changed}
            text = "".join(f"data: {line}\n\n" for line in sorted(lines)) or ": here\n\n"
            await response.write(text.encode())
            await asyncio.sleep(PACE)

    async def _line(self, viewer: Viewer, job_id: JobId | None) -> str:
        """Of somebody else's job not even the number."""
        if job_id is None:
            return ALL
        try:
            is_theirs = viewer.may_see(await self._store.get(job_id))
        except JobGone:
            is_theirs = viewer.is_admin
        return str(job_id) if is_theirs else QUEUE

    async def _anew(self, request: web.Request) -> Viewer:
        """As they are at this moment. Raises ConnectionError for who may not look any more."""
        visit = await self._sessions.visit(token_of(request), anew=False)
        if visit is None or not may(visit.rank, Action.SEE_JOBS):
            raise ConnectionError
        return viewer_of(visit)
