"""What admins have of jobs before them: one, or many; and what they decide about them."""

from collections.abc import Awaitable

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import job_list, job_numbers
from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.job_cards import admin_card
from luka_bot.handlers.admin.job_list import PAGE, PlaceOfJobs
from luka_bot.handlers.admin.job_taps import JobNumbers, JobOnDesk
from luka_bot.handlers.asker import Asker
from luka_bot.models.clock import Clock
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.job import Job, JobState, Viewer
from luka_bot.models.job_errors import JobMoved
from luka_bot.services.jobs.job_service import JobService

RUNNING_SHOWN = 10
WAITING = PlaceOfJobs(JobState.PENDING)


class AdminJobs:
    """Drawn over the message that was tapped, or as a new one. clock: seconds since the epoch."""

    def __init__(self, jobs: JobService, courier: Courier, clock: Clock) -> None:
        self._jobs = jobs
        self._courier = courier
        self._clock = clock

    async def approve(self, asker: Asker, job_id: JobId, request: str) -> None:
        """Raises JobGone, JobMoved."""
        await self._decided(asker, job_id, self._jobs.approve(viewer(asker), job_id, request))

    async def cancel(self, asker: Asker, job_id: JobId, request: str) -> None:
        """Raises JobGone, JobMoved."""
        await self._decided(asker, job_id, self._jobs.cancel(viewer(asker), job_id, request))

    async def card(self, asker: Asker, job_id: JobId, place: PlaceOfJobs) -> None:
        """Over the list that it was chosen from, to which Back leads. Raises JobGone."""
        job = await self._jobs.get(viewer(asker), job_id)
        thread = await self._jobs.thread(viewer(asker), job_id, whole=False)
        html, keyboard = admin_card(asker.words, job, thread, await self._jobs.queued(job))
        here = JobOnDesk(id=job_id, state=place.name, offset=place.offset)
        back = button(asker.words("button.job_admin.back"), place.data())
        again = button(asker.words("button.refresh"), here)
        turned = rows(*keyboard.inline_keyboard, [back, again])
        await self._courier.edit_html(asker.target, asker.message_id, html, turned)

    async def list(
        self, asker: Asker, place: PlaceOfJobs, *, over: MessageId | None = None
    ) -> None:
        """A page that has become empty is the first one instead."""
        seen = viewer(asker)
        page = await self._jobs.everybodys(seen, place.state, place.offset, PAGE)
        if place.offset and not page.jobs:
            place = PlaceOfJobs(place.state)
            page = await self._jobs.everybodys(seen, place.state, 0, PAGE)
        counts = (await self._jobs.stats()).counts
        keyboard = job_list.keyboard(asker.words, page, place, counts)
        await self._show(asker, job_list.text(asker.words, page, place), over, keyboard)

    async def numbers(self, asker: Asker, *, over: MessageId | None = None) -> None:
        state, most = JobState.PROCESSING, RUNNING_SHOWN
        running = (await self._jobs.everybodys(viewer(asker), state, 0, most)).jobs
        stats, now = await self._jobs.stats(), self._clock()
        html = job_numbers.text(asker.words, stats, running, now)
        keyboard = rows([button(asker.words("button.refresh"), JobNumbers())])
        await self._show(asker, html, over, keyboard)

    async def _decided(
        self, asker: Asker, job_id: JobId, decision: Awaitable[tuple[Job, bool]]
    ) -> None:
        """The card in the group changes by itself; one from a list is drawn here."""
        try:
            await decision
        except JobMoved:
            await self._drawn(asker, job_id)
            raise
        await self._drawn(asker, job_id)

    async def _drawn(self, asker: Asker, job_id: JobId) -> None:
        job = await self._jobs.get(viewer(asker), job_id)
        card = job.admin_card
        if card is None or card.message_id != asker.message_id:
            await self.card(asker, job_id, WAITING)

    async def _show(
        self, asker: Asker, html: str, over: MessageId | None, keyboard: job_list.Keyboard
    ) -> None:
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)


def viewer(asker: Asker) -> Viewer:
    """For handlers that nobody but an admin reaches."""
    return Viewer(asker.user_id, asker.name, is_admin=True)
