"""What became of a job, said once to whoever it is for."""

from dataclasses import replace

import structlog

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.jobs.sending import JobSending
from luka_bot.locales import Words, words_for
from luka_bot.locales.job_refusals import job_failure
from luka_bot.models.job import Job, JobState
from luka_bot.storage.deliveries import Deliveries

log = structlog.get_logger(__name__)


class JobResults:
    def __init__(self, courier: Courier, sending: JobSending, deliveries: Deliveries) -> None:
        self._courier = courier
        self._sending = sending
        self._deliveries = deliveries

    async def tell(self, job: Job, target: Target) -> None:
        """Whatever of it stands already isn't sent again. Raises StorageAway."""
        target = replace(target, account=self._deliveries.of_job(job.id, "result"))
        for part in (self._words_of_it, self._files_of_it):
            try:
                await part(job, target, words_for(job.language))
            except DeliveryError as error:
                log.info("jobs.result_undelivered", job=job.id, why=type(error).__name__)

    async def _words_of_it(self, job: Job, target: Target, words: Words) -> None:
        match job.state:
            case JobState.COMPLETED if job.output.strip():
                await self._sending.text(target, job.id, job.output)
            case JobState.COMPLETED if not job.outputs:
                html = words.html("jobs.result.empty", job_id=job.id)
                await self._sending.line(target, job.id, html)
            case JobState.FAILED:
                why = job_failure(words, job)
                html = words.html("jobs.result.failed", job_id=job.id, why=why)
                await self._sending.line(target, job.id, html)
            case JobState.REJECTED:
                await self._rejected(job, target, words)
            case JobState.CANCELLED if job.decided_by != job.owner_name:
                html = words.html("jobs.result.cancelled", job_id=job.id, name=job.decided_by)
                await self._sending.line(target, job.id, html)

    async def _files_of_it(self, job: Job, target: Target, words: Words) -> None:
        if job.outputs:
            await self._sending.files(target, words, job.folder, job.outputs, job.id)

    async def _rejected(self, job: Job, target: Target, words: Words) -> None:
        """An admin may say why only afterwards: then the same message says it, too."""
        html = words.html("jobs.result.rejected", job_id=job.id, name=job.decided_by)
        if job.reason:
            html += "\n" + words.html("jobs.card.reason", reason=job.reason)
        message_id = await self._sending.line(target, job.id, html)
        if job.reason and message_id:
            await self._courier.edit_html(target, message_id, html)
