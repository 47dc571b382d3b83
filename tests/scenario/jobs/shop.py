"""A running luka where people hand in jobs by Telegram; the test is its worker and its admin."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.models.ids import JobId
from luka_bot.models.job import Failure, Job, JobFile, JobState
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import open_storage
from luka_bot.storage.job_codec import files_text
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.jobs import JobStore, Move
from tests.luka import Luka, running_luka

ADMINS = -100777
LEASE = 60.0
TYPES = {"general": {}, "report": {"title": "Report"}}

_tokens = count()


@dataclass(frozen=True, slots=True)
class Shop:
    """storage: the bot's own, as another process sees it."""

    luka: Luka
    anna: Person
    storage: Storage

    @property
    def store(self) -> JobStore:
        return JobStore(self.storage, time.time)

    @property
    def folder(self) -> Path:
        return self.luka.settings.data_dir / "workspaces" / "users" / "7"

    def messages(self, chat_id: int = 7) -> list[ShownMessage]:
        return [one for one in self.luka.telegram.shown(chat_id) if one.is_bot]

    async def sees(self, text: str, chat_id: int = 7) -> ShownMessage:
        """The newest message of the bot's in which this stands, once there is one."""

        def found() -> list[ShownMessage]:
            return [one for one in self.messages(chat_id) if text in f"{one.text} {one.file_name}"]

        await self.luka.telegram.wait_for(found)
        return found()[-1]

    async def job(self, number: int) -> Job:
        return await self.store.get(JobId(number))

    async def approve(self, number: int) -> Job:
        fields = {"decided_by": "Olga"}
        return (await self.store.move(JobId(number), Move(JobState.APPROVED, fields=fields)))[0]

    async def reject(self, number: int, reason: str) -> None:
        fields = {"decided_by": "Olga", "reason": reason}
        await self.store.move(JobId(number), Move(JobState.REJECTED, fields=fields))

    async def begin(self) -> tuple[Job, str]:
        token = f"run {next(_tokens)}"
        job = await JobRuns(self.storage, time.time).claim(token, "w1", LEASE, 10)
        assert job is not None
        return job, token

    async def tell(self, job: Job, token: str, line: str) -> None:
        await JobRuns(self.storage, time.time).renew(job.id, token, LEASE, line)

    async def finish(self, output: str, files: tuple[JobFile, ...] = ()) -> Job:
        """The next one."""
        job, token = await self.begin()
        fields = {"output": output, "outputs": files_text(files)}
        return (
            await self.store.move(job.id, Move(JobState.COMPLETED, None, token, fields=fields))
        )[0]

    async def fail(self, why: Failure, detail: str = "") -> None:
        job, token = await self.begin()
        fields = {"error": why.value, "error_detail": detail}
        await self.store.move(job.id, Move(JobState.FAILED, None, token, fields=fields))

    async def done(self, number: int, output: str, files: tuple[JobFile, ...] = ()) -> Job:
        await self.approve(number)
        return await self.finish(output, files)

    def output(self, name: str, content: bytes) -> JobFile:
        path = self.folder / "outputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return JobFile(name, f"users/7/outputs/{name}", len(content))

    async def refused(self) -> list[str]:
        """What was audited."""
        entries = await AuditLog(self.storage, time.time).newest(50)
        return [one.detail for one in entries if one.event.value == "refused"]


@asynccontextmanager
async def opened(folder: Path, **settings: object) -> AsyncIterator[Shop]:
    settings = {"admin_chat_id": ADMINS, "worker": False, "job_types": TYPES, **settings}
    async with running_luka(folder, **settings) as luka:  # type: ignore[arg-type] # settings alone
        olga, anna = luka.telegram.person(9, "Olga"), luka.telegram.person(7, "Anna")
        luka.telegram.group(ADMINS, "luka's admins", [olga])
        await anna.writes("/start")
        await luka.telegram.wait_for(lambda: luka.telegram.said(7))
        given = luka.settings
        async with open_storage(given.redis_url, given.data_dir, attach=True) as storage:
            yield Shop(luka, anna, storage)
