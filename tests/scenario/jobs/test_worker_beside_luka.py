"""`luka-bot worker`, and the worker in the bot's own process."""

import os
import signal
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from chaos.children import born
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job, JobState, NewJob, Viewer
from luka_bot.storage.client import Storage
from luka_bot.storage.connect import open_storage
from luka_bot.storage.jobs import JobStore
from tests.luka import MODEL, Luka, running_luka
from tests.process import ROOT, luka_command
from tests.scenario.bot.talking import ask
from tests.scenario.jobs.desk import TAM
from tests.scenario.jobs.hands import until_ended


async def ended(storage: Storage, origin: str, viewer: Viewer = TAM) -> Job:
    store = JobStore(storage, time.time)
    new = NewJob(origin, viewer.user_id, viewer.name, "users/tam", "Count the apples")
    job, _ = await store.create(new, JobState.APPROVED, "model", 5)
    [done] = await until_ended(store, job.id)
    return done


def environment(luka: Luka) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "OLLAMA_URL": luka.model.url,
        "OLLAMA_MODEL": MODEL,
        "DATA_DIR": str(luka.settings.data_dir),
        "WORKER": "0",  # which is for the bot alone
    }


async def test_a_worker_beside_the_bot_does_its_jobs(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    async with running_luka(tmp_path / "data", worker=False, reply="Five apples.") as luka:
        await ask(luka, luka.telegram.person(7, "Tam"), "Hi!")
        with log.open("ab") as lines:
            streams = (lines.fileno(),) * 3
            async with (
                born(("worker",), tmp_path, environment(luka), streams) as child,
                open_storage("", luka.settings.data_dir, attach=True) as storage,
            ):
                job = await ended(storage, "test:beside")
                child.send_signal(signal.SIGTERM)
                code = await child.ended(20)

    assert (job.state, job.output, code) == (JobState.COMPLETED, "Five apples.", 0)
    assert f":{child.pid}" in job.worker
    assert "worker.started" in log.read_text()
    assert "Count the apples" not in log.read_text()


async def test_the_bot_does_jobs_itself(tmp_path: Path) -> None:
    async with running_luka(tmp_path / "data", reply="Five apples.") as luka:
        await ask(luka, luka.telegram.person(7, "Tam"), "Hi!")
        async with open_storage("", luka.settings.data_dir, attach=True) as storage:
            job = await ended(storage, "test:inside")
        await luka.stop()

    assert (job.state, job.output) == (JobState.COMPLETED, "Five apples.")


async def test_a_worker_needs_somebody_to_work_for(tmp_path: Path) -> None:
    said = await luka_command(tmp_path, "worker", DATA_DIR=str(tmp_path / "data"))

    assert said.code == 1
    assert said.err.strip() == (
        f"no luka runs with {tmp_path / 'data'}: start `luka-bot run` first, "
        "or give both the same REDIS_URL"
    )


async def test_a_command_of_the_operator_s_does_a_job() -> None:
    """Not in pytest's own folder, which no other user gets through."""
    types = {"general": {}, "count": {"executor": "command", "command": "wc -w"}}
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - a moment
        async with running_luka(folder / "data", job_types=types, processing_mode="auto") as luka:
            said = partial(luka.telegram.said, 7)
            tam = luka.telegram.person(7, "Tam")
            await ask(luka, tam, "Hi!")
            await tam.writes("/job #count the apples")
            await luka.telegram.wait_for(lambda: any("Job #1" in one for one in said()))
            async with open_storage("", luka.settings.data_dir, attach=True) as storage:
                [job] = await until_ended(JobStore(storage, time.time), JobId(1))
            await luka.telegram.wait_for(lambda: job.output in said())

    assert (job.state, job.executor, job.prompt) == (JobState.COMPLETED, "command", "the apples")
    assert job.output == "9"  # JOB #1, Type: count, User: Tam, INSTRUCTIONS: and what is asked
