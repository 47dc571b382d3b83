"""Show context, Show all, Show result, and a job's files: to be read whole before one decides."""

from aiogram import Router
from aiogram.types import CallbackQuery

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.rendered import Rendered, utf16_len
from luka_bot.delivery.split import PART_SIZE
from luka_bot.handlers.admin import job_context
from luka_bot.handlers.admin.job_desk import viewer
from luka_bot.handlers.admin.job_taps import JobFileTake, JobLook, Part, Side
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobFile
from luka_bot.models.job_errors import FileGone
from luka_bot.models.rights import Action
from luka_bot.services.jobs.context import job_text
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.whereabouts import whereabouts
from luka_bot.workspaces.workspaces import Workspaces

MESSAGES = 3  # what is longer is a file
FILE_LIMIT = 49 << 20  # bytes; Telegram takes 50 MB of a bot


class JobReading:
    """Sent under the card, for all admins. All raise JobGone."""

    def __init__(self, jobs: JobService, workspaces: Workspaces, courier: Courier) -> None:
        self._jobs = jobs
        self._workspaces = workspaces
        self._courier = courier

    async def show(self, asker: Asker, job_id: JobId, part: Part) -> None:
        if part is Part.CONTEXT:
            await self._show_context(asker, job_id)
            return
        job, words = await self._jobs.get(viewer(asker), job_id), asker.words
        if part is Part.PROMPT:
            text, name = job.prompt, f"job-{job_id}-request.txt"
            await self._give(asker, job_context.prompt(words, job), text, name)
        else:
            text, name = job.output, f"job-{job_id}-result.md"
            await self._give(asker, job_context.result(words, job), text, name)

    async def file(self, asker: Asker, tapped: JobFileTake) -> tuple[JobFile, bytes]:
        """Raises FileGone, FileTooBig."""
        job = await self._jobs.get(viewer(asker), tapped.id)
        file = _file(job, tapped)
        return file, await self._workspaces.read(job.folder, file.path, FILE_LIMIT)

    async def _show_context(self, asker: Asker, job_id: JobId) -> None:
        thread = await self._jobs.thread(viewer(asker), job_id, whole=False)
        where = await whereabouts(self._workspaces, thread)
        shown = job_context.context(asker.words, thread, where)
        await self._give(asker, shown, job_text(thread, where), f"job-{job_id}.txt")

    async def _give(self, asker: Asker, shown: Rendered, text: str, filename: str) -> None:
        """text: the same for a file."""
        if utf16_len(shown.text) <= MESSAGES * PART_SIZE:
            await self._courier.send(asker.replying, shown)
        else:
            await self._courier.send_document(asker.replying, filename, text.encode())


def routes() -> Router:
    router, seeing = Router(name="admin_job_reading"), does(Action.SEE_ALL_JOBS)
    router.callback_query.register(look, JobLook.filter(), flags=seeing)
    router.callback_query.register(take_file, JobFileTake.filter(), flags=seeing)
    return router


async def look(
    query: CallbackQuery,
    callback_data: JobLook,
    asker: Asker,
    courier: Courier,
    job_reading: JobReading,
) -> None:
    await job_reading.show(asker, callback_data.id, callback_data.part)
    await courier.toast(query.id)


async def take_file(
    query: CallbackQuery,
    callback_data: JobFileTake,
    asker: Asker,
    courier: Courier,
    job_reading: JobReading,
) -> None:
    file, content = await job_reading.file(asker, callback_data)
    await courier.toast(query.id)
    await courier.send_document(asker.replying, file.name, content)


def _file(job: Job, tapped: JobFileTake) -> JobFile:
    """Raises FileGone: buttons can be forged."""
    files = job.outputs if tapped.side is Side.OUT else job.files
    if not 0 <= tapped.number < len(files):
        raise FileGone(str(tapped.number))
    return files[tapped.number]
