"""What a worker is given does a job, and what it took of the model is counted."""

import time
from pathlib import Path

import pytest

from luka_bot.composition import open_services
from luka_bot.demo.model import ScriptedOllama
from luka_bot.job_office import open_workspaces
from luka_bot.model_jobs import model_executor
from luka_bot.services.jobs.work import Work
from tests.luka import settings_for
from tests.scenario.executors.workshop import job
from tests.waiting import wait_until_found


async def quiet(_: str) -> None:
    pass


@pytest.mark.usefixtures("redis")
async def test_the_wired_executor_does_a_job_and_counts_it(
    redis_socket: Path, tmp_path: Path
) -> None:
    async with ScriptedOllama.open(reply="Done.") as model:
        settings = settings_for(
            "http://127.0.0.1:9", model.url, tmp_path, redis_url=f"unix://{redis_socket}"
        )
        async with open_services(settings) as services:
            executor = model_executor(settings, services, open_workspaces(settings))
            asked = job(1, "Hello")
            outcome = await executor.run(Work(asked, (asked,)), quiet)

            async def counted() -> bool:
                return (await services.stats.report(2, time.time())).totals.answer_tokens > 0

            await wait_until_found(counted)

    assert outcome.output == "Done."
