"""The pages that show jobs, and change none."""

from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from luka_bot.models.job import Job, JobState, Viewer
from luka_bot.models.rights import Action, may
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import title_of
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.people import place
from luka_bot.web.admin.press import Press, Sorry
from luka_bot.web.jobs.settings import Shown
from luka_bot.web.jobs.shelves import Shelves
from luka_bot.web.jobs.viewing import Viewing, job_asked, viewer_of

PAGE = 20  # jobs
NEWEST = 5
PENDING_SHOWN = 50
STATES = tuple(JobState)
NEWS = {
    "approve": "job_pages.done.approve",
    "reject": "job_pages.done.reject",
    "cancel": "job_pages.done.cancel",
    "delete": "job_pages.done.delete",
    "edit": "job_pages.done.edit",
    "new": "job_pages.done.new",
}


@dataclass(frozen=True, slots=True)
class _List:
    """A list of jobs as it was asked for."""

    path: str
    state: JobState | None
    offset: int

    @classmethod
    def asked(cls, request: web.Request, path: str) -> "_List":
        named = request.query.get("state", "")
        state = JobState(named) if named in set(JobState) else None
        return cls(path, state, place(request.query.get("from", "")))

    def link(self, state: JobState | None, offset: int = 0) -> str:
        wanted = {"state": state.value if state else "", "from": offset or ""}
        asked = urlencode({name: value for name, value in wanted.items() if value})
        return f"{self.path}?{asked}" if asked else self.path


class ReadingPages:
    def __init__(
        self,
        service: JobService,
        viewing: Viewing,
        shelves: Shelves,
        shown: Shown,
        press: Press,
    ) -> None:
        self._service = service
        self._viewing = viewing
        self._shelves = shelves
        self._shown = shown
        self._press = press

    async def overview(self, _request: web.Request, caller: Caller) -> web.Response:
        visit, service = caller.known, self._service
        viewer = viewer_of(visit)
        counts = {one: (await service.own(viewer, 0, 0, one)).total for one in JobState}
        newest = await service.own(viewer, 0, NEWEST)
        decides = may(visit.rank, Action.DECIDE_JOBS)
        used, quota = await self._shelves.room(visit)
        return self._press.page(
            "jobs_overview",
            caller,
            counts=counts,
            jobs=await self._viewing.listed(newest.jobs),
            waiting=await self._viewing.listed(await self._waiting(viewer)),
            all_of_them=(await service.stats()).counts if decides else None,
            used=used,
            quota=quota,
            title_of=title_of,
            states=STATES,
        )

    async def own(self, request: web.Request, caller: Caller) -> web.Response:
        asked = _List.asked(request, "/jobs")
        viewer = viewer_of(caller.known)
        found = await self._service.own(viewer, asked.offset, PAGE, asked.state)
        seen = await self._viewing.listed(found.jobs)
        news = NEWS.get(request.query.get("done", ""), "")
        return self._press.page(
            "jobs",
            caller,
            found=found,
            jobs=seen,
            asked=asked,
            step=PAGE,
            news=news,
            title_of=title_of,
            states=STATES,
        )

    async def everybodys(self, request: web.Request, caller: Caller) -> web.Response:
        asked = _List.asked(request, "/jobs/all")
        viewer = viewer_of(caller.known)
        found = await self._service.everybodys(viewer, asked.state, asked.offset, PAGE)
        seen = await self._viewing.listed(found.jobs)
        return self._press.page(
            "jobs_all",
            caller,
            found=found,
            jobs=seen,
            asked=asked,
            step=PAGE,
            news="",
            title_of=title_of,
            states=STATES,
        )

    async def job(self, request: web.Request, caller: Caller) -> web.Response:
        visit, job_id = caller.known, job_asked(request)
        thread = await self._viewing.thread(visit, caller.words, job_id)
        seen = next(one for one in thread if one.job.id == job_id)
        return self._press.page(
            "job",
            caller,
            thread=thread,
            seen=seen,
            decides=may(visit.rank, Action.DECIDE_JOBS),
            news=NEWS.get(request.query.get("done", ""), ""),
            titles=self._shown.titles,
        )

    async def output(self, request: web.Request, caller: Caller) -> web.Response:
        """As it was written."""
        job = await self._service.get(viewer_of(caller.known), job_asked(request))
        if not job.output:
            raise Sorry("no_output", 404)
        return self._press.page("job_output", caller, job=job)

    async def pending(self, request: web.Request, caller: Caller) -> web.Response:
        viewer = viewer_of(caller.known)
        found = await self._service.everybodys(viewer, JobState.PENDING, 0, PENDING_SHOWN)
        seen = [await self._viewing.whole(viewer, caller.words, job) for job in found.jobs]
        return self._press.page(
            "jobs_pending",
            caller,
            jobs=seen,
            more=found.total - len(found.jobs),
            news=NEWS.get(request.query.get("done", ""), ""),
            titles=self._shown.titles,
        )

    async def config(self, _request: web.Request, caller: Caller) -> web.Response:
        return self._press.page("jobs_config", caller, shown=self._shown)

    async def missing(self, _request: web.Request, _caller: Caller) -> web.Response:
        raise Sorry("gone", 404)

    async def _waiting(self, viewer: Viewer) -> list[Job]:
        states = (JobState.PROCESSING, JobState.APPROVED, JobState.PENDING)
        pages = [await self._service.own(viewer, 0, NEWEST, state) for state in states]
        return [job for page in pages for job in page.jobs]
