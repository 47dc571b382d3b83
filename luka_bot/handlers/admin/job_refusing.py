"""Why is a job rejected? The question to an admin, and what becomes of it."""

from html import escape

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.job_desk import viewer
from luka_bot.handlers.admin.job_taps import JobRejectNow, JobSpare
from luka_bot.handlers.asker import Asker
from luka_bot.locales.failures import refusal
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.job import Job, JobState, Spot
from luka_bot.models.job_errors import JobMoved
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import title_of
from luka_bot.storage.job_questions import JobQuestions


class JobRefusing:
    """The question is a message of its own: whoever replies to it says why, also after a restart.
    As long as it stands nothing is decided, and somebody else may."""

    def __init__(self, jobs: JobService, questions: JobQuestions, courier: Courier) -> None:
        self._jobs = jobs
        self._questions = questions
        self._courier = courier

    async def ask(self, asker: Asker, job_id: JobId) -> None:
        """Under the card. Raises JobGone, JobMoved."""
        job = await self._jobs.get(viewer(asker), job_id)
        if job.state is not JobState.PENDING:
            raise JobMoved(job_id, job.state, job.decided_by)
        words = asker.words
        html = words.html("job_admin.why", name=asker.name, id=job_id, title=title_of(job))
        now = button(words("button.job_admin.now"), JobRejectNow(id=job_id))
        spare = button(words("button.job_admin.spare"), JobSpare(id=job_id))
        asked = await self._courier.send_html(asker.replying, html, rows([now], [spare]))
        await self._questions.keep(_spot(asker, asked), job_id)

    async def about(self, asker: Asker, replied_to: MessageId) -> JobId | None:
        """The job that is asked about there."""
        return await self._questions.at(_spot(asker, replied_to))

    async def reject_now(self, asker: Asker, job_id: JobId, request: str) -> None:
        """Without a reason. Raises JobGone, JobMoved."""
        await self._reject(asker, job_id, request, "", asker.message_id)

    async def reject(
        self, asker: Asker, job_id: JobId, request: str, reason: str, question: MessageId
    ) -> None:
        """For this reason. Raises JobGone, JobMoved."""
        await self._reject(asker, job_id, request, reason, question)
        html = asker.words.html("job_admin.refused", id=job_id)
        await self._courier.send_html(asker.target, html)

    async def spare(self, asker: Asker, job_id: JobId) -> None:
        """The question goes; nothing else changes."""
        html = asker.words.html("job_admin.spared", id=job_id)
        await self._courier.erase(asker.target, asker.message_id, html)

    async def _reject(
        self, asker: Asker, job_id: JobId, request: str, reason: str, question: MessageId
    ) -> None:
        """What was asked is settled in any case."""
        words = asker.words
        try:
            job = await self._rejected(asker, job_id, request, reason)
        except JobMoved as moved:
            why = escape(refusal(words, moved), quote=False)
            await self._courier.edit_html(asker.target, question, why)
            raise
        key = "job_admin.refused_why" if job.reason else "job_admin.refused"
        html = words.html(key, id=job_id, reason=job.reason)
        await self._courier.edit_html(asker.target, question, html)

    async def _rejected(self, asker: Asker, job_id: JobId, request: str, reason: str) -> Job:
        """A reason may follow what was rejected without one, by whoever did that."""
        admin = viewer(asker)
        try:
            job, _ = await self._jobs.reject(admin, job_id, request, reason)
        except JobMoved as moved:
            theirs = moved.state is JobState.REJECTED and moved.by == asker.name
            if not reason or not theirs:
                raise
            return await self._jobs.give_reason(admin, job_id, reason)
        return job


def _spot(asker: Asker, message_id: MessageId) -> Spot:
    return Spot(asker.target.chat_id, message_id)
