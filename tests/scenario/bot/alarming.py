"""A bot with quick alarms, and the four places where each of them has to be seen."""

import json
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from redis.asyncio import Redis as Straight
from structlog.testing import capture_logs

from chaos.ports import free_port
from luka_bot.locales import words_for
from luka_bot.metrics import REGISTRY
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server, server_folder
from luka_bot.watch.pulse import Pulse
from tests.luka import Luka, running_luka
from tests.waiting import wait_until_found

GROUP = -100
SECRET = "of-ours"
QUICK = Pulse(
    between=0.05,
    closely=0.05,
    probe=0.1,
    probe_again=0.1,
    poll_wait=1,
    poll=3.0,
    conflict=1.5,
    shock=4.0,
    stuck=1.0,
    lag=30.0,  # a busy machine is no alarm here
    raise_storage=0.2,
    raise_model=0.2,
    raise_silence=1.0,
    clear=0.3,
)


@dataclass(frozen=True, slots=True)
class Watched:
    """A bot whose admins sit in GROUP; lines are its log since it started."""

    luka: Luka
    lines: Sequence[MutableMapping[str, Any]]

    async def readiness(self) -> tuple[int, dict[str, Any]]:
        url = f"http://127.0.0.1:{self.luka.settings.web_port}/health/ready"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, json.loads(await answer.read())

    async def is_ready(self) -> bool:
        try:
            return (await self.readiness())[0] == 200
        except aiohttp.ClientError:
            return False

    async def shows(self, check: str, words: str, *, ok: bool = True) -> bool:
        try:
            _, told = await self.readiness()
        except aiohttp.ClientError:
            return False
        seen = told["checks"][check]
        return seen["ok"] is ok and words in seen["detail"]

    async def well(self) -> None:
        await wait_until_found(self.is_ready, seconds=20)

    async def sees(self, alarm: str, *, serves: bool = False) -> None:
        """Wait until the group has read of it; by then everybody else knows it too."""
        what = words_for("en")(f"alarm.{alarm}")
        await self.luka.telegram.wait_for(lambda: self.told(f"🔴 {what}"), seconds=20)
        raised = [(line["alarm"], line["detail"]) for line in self.logged("alarm.raised")]
        assert [name for name, _ in raised] == [alarm], raised
        assert REGISTRY.get_sample_value("luka_alarm", {"name": alarm}) == 1
        status, told = await self.readiness()
        assert [name for name, one in told["checks"].items() if not one["ok"]] == [alarm]
        assert status == (200 if serves else 503)

    async def forgets(self, alarm: str) -> None:
        over = words_for("en")(f"alarm.{alarm}.over")
        await self.luka.telegram.wait_for(lambda: self.told(f"🟢 {over}"), seconds=20)
        assert REGISTRY.get_sample_value("luka_alarm", {"name": alarm}) == 0
        assert [line["alarm"] for line in self.logged("alarm.over")] == [alarm]
        await self.well()

    def told(self, beginning: str) -> bool:
        said = self.luka.telegram.said(GROUP)
        return [text.startswith(beginning) for text in said].count(True) == 1

    def logged(self, event: str) -> list[MutableMapping[str, Any]]:
        return [line for line in self.lines if line["event"] == event]


@asynccontextmanager
async def watched_luka(
    folder: Path,
    pulse: Pulse = QUICK,
    *,
    redis_url: str = "",
    inbox_limit: int = 10_000,
    webhook: bool = False,
) -> AsyncIterator[Watched]:
    """Ready when this enters."""
    port = free_port()
    with capture_logs() as lines:
        async with running_luka(
            folder,
            pulse=pulse,
            admin_chat_id=GROUP,
            web_port=port,
            redis_url=redis_url,
            inbox_limit=inbox_limit,
            webhook_url=f"http://127.0.0.1:{port}/telegram" if webhook else "",
            webhook_secret=SECRET if webhook else "",
        ) as luka:
            admin = luka.telegram.person(70, "Olga")
            luka.telegram.group(GROUP, "Those who look after luka", [admin])
            watched = Watched(luka, lines)
            await watched.well()
            yield watched


@asynccontextmanager
async def watched_with_redis(
    folder: Path, inbox_limit: int = 10_000, pulse: Pulse = QUICK
) -> AsyncIterator[tuple[Watched, Straight]]:
    """A bot, and a hand of ours in its store."""
    url = f"unix://{server_folder(folder)}/redis.sock"
    async with (
        embedded_server(bundled_binary() or Path(), folder),
        watched_luka(folder / "luka", pulse, redis_url=url, inbox_limit=inbox_limit) as watched,
        Straight.from_url(url, decode_responses=True) as redis,
    ):
        yield watched, redis
