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
from tests.waiting import wait_until_found

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

    async def sees(
        self,
        text: str,
        chat_id: int = 7,
        *,
        then: str = "",
        button: str = "",
        content: bytes | None = None,
    ) -> ShownMessage:
        """The newest message of the bot's with all of these, once there is one."""

        def fits(one: ShownMessage) -> bool:
            said, buttons = f"{one.text} {one.file_name}", "\n".join(one.buttons)
            same = content is None or one.content == content
            return text in said and then in said and button in buttons and same

        def found() -> list[ShownMessage]:
            return [one for one in self.messages(chat_id) if fits(one)]

        await self.luka.telegram.wait_for(found)
        return found()[-1]

    async def job(self, number: int) -> Job:
        return await self.store.get(JobId(number))

    async def newest_job(self, after: int = 0) -> Job:
        """Whoever's it is."""
        found: list[Job] = []

        async def newer() -> bool:
            found[:] = (await self.store.all(0, 1)).jobs
            return bool(found) and found[0].id > after

        await wait_until_found(newer)
        return found[0]

    async def handed_in(self, text: str, chat: int | None = None, topic: int | None = None) -> int:
        """By Anna; its number."""
        before = (await self.store.all(0, 1)).jobs
        await self.anna.writes(text, chat=chat, topic=topic)
        return (await self.newest_job(before[0].id if before else 0)).id

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
        move = Move(JobState.COMPLETED, token=token, fields=fields)
        return (await self.store.move(job.id, move))[0]

    async def fail(self, why: Failure, detail: str = "") -> None:
        """The next one."""
        job, token = await self.begin()
        fields = {"error": why.value, "error_detail": detail}
        await self.store.move(job.id, Move(JobState.FAILED, token=token, fields=fields))

    async def done(self, number: int, output: str, files: tuple[JobFile, ...] = ()) -> Job:
        await self.approve(number)
        return await self.finish(output, files)

    async def done_alone(self, number: int, output: str, files: tuple[JobFile, ...] = ()) -> None:
        """Before all others."""
        await self.approve(number)
        move = Move(JobState.PROCESSING)
        await self.store.move(JobId(number), move)
        fields = {"output": output, "outputs": files_text(files)}
        await self.store.move(JobId(number), Move(JobState.COMPLETED, fields=fields))

    def output(self, name: str, content: bytes) -> JobFile:
        path = self.folder / "outputs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return JobFile(name, f"users/7/outputs/{name}", len(content))

    async def refused(self) -> list[str]:
        """What was audited."""
        entries = await AuditLog(self.storage, time.time).last(50)
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
