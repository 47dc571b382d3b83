"""Approved jobs that nobody does: told to admins, and counted."""

from pathlib import Path

import aiohttp

from chaos.ports import free_port
from luka_bot.watch.pulse import Pulse
from luka_bot.web.metrics import PATH
from tests.metrics import Samples, scraped
from tests.scenario.jobs.shop import ADMINS, opened

QUICK = Pulse(between=0.05, closely=0.05, raise_jobs=0.3, clear=0.1)


async def test_jobs_that_nobody_does_are_an_alarm_until_somebody_does(tmp_path: Path) -> None:
    port = free_port()
    async with opened(tmp_path, pulse=QUICK, web_port=port) as shop:
        await shop.anna.writes("/job Wash the car")
        await shop.sees("Wash the car", ADMINS)
        await shop.approve(1)

        raised = await shop.sees("Approved jobs wait, and nobody does them", ADMINS)
        assert "luka-bot worker" in raised.text
        samples = await _samples(port)
        assert samples["luka_jobs", frozenset({("state", "approved")})] == 1
        assert samples["luka_alarm", frozenset({("name", "jobs")})] == 1
        olga = shop.luka.telegram.person(9, "Olga")
        await olga.writes("/health", chat=ADMINS)
        await shop.sees("⚠️ Jobs (approved jobs wait (1), and none is done)", ADMINS)

        await shop.begin()
        await shop.sees("🟢 Jobs are being done again", ADMINS)


async def _samples(port: int) -> Samples:
    url = f"http://127.0.0.1:{port}{PATH}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return scraped(await answer.text())
