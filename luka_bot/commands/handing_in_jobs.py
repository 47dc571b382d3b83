"""A job, handed in on the command line for somebody."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import fail, say
from luka_bot.commands.users import called
from luka_bot.commands.watching_jobs import VIEWER
from luka_bot.job_office import MB, folder_of
from luka_bot.models.ids import JobId
from luka_bot.models.job import NewJob
from luka_bot.services.jobs.handing_in import HandingIn, Incoming

CHUNK = 1 << 16


def submit_job(
    text: str, user: str, files: Sequence[str], reply: int | None, wish: tuple[int, str]
) -> int:
    """wish: priority and type, "" for the usual."""
    missing = [name for name in files if not Path(name).is_file()]
    if missing:
        return fail(f"There is no file {missing[0]}")

    async def work(office: Office) -> int:
        person = await office.people.get(await office.named(user))
        priority, job_type = wish
        new = NewJob(
            origin=f"cli:{uuid.uuid4().hex}",
            owner=person.user_id,
            owner_name=called(person),
            folder=folder_of(person),
            prompt=text,
            job_type=office.jobs.service.type_named(job_type),
            priority=priority,
            parent=None if reply is None else JobId(reply),
            by=VIEWER.user_id,
            by_name=VIEWER.name,
            language=person.shown_language or office.settings.language,
        )
        limit = office.settings.jobs.upload_mb * MB
        handing_in = HandingIn(office.jobs.service, office.jobs.workspaces)
        job, _ = await handing_in.hand_in(VIEWER, new, _incoming(files, limit))
        say(f"Job #{job.id} is {job.state.value}.")
        return 0

    return at_office(work)


async def _incoming(files: Sequence[str], limit: int) -> AsyncIterator[Incoming]:
    for name in files:
        yield Incoming(Path(name).name, _chunks(Path(name)), limit)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
