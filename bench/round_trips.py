"""How often a turn goes to Redis, and for what: seen by MONITOR on a server of our own."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from bench.contender import LUKA, contender
from bench.crowd import ask
from bench.model import INSTANT, Model
from luka_bot.background import Background
from luka_bot.models.lives import USUAL
from luka_bot.storage import (
    deliveries,
    inbox,
    inbox_records,
    leases,
    line,
    replicas,
    threads,
    turns,
)
from luka_bot.storage.binary import server_binary
from luka_bot.storage.embedded import embedded_server
from luka_bot.storage.scripts import Script

WARM_UP = 3  # turns: connections, and scripts that the server doesn't know yet
BY_TIME = {"leases", "replicas"}  # not by turn

SCRIPTS = {
    value.living(USUAL).sha: (module.__name__.rpartition(".")[2], name.strip("_").lower())
    for module in (deliveries, inbox, inbox_records, leases, line, replicas, threads, turns)
    for name, value in vars(module).items()
    if isinstance(value, Script)
}


@dataclass(frozen=True, slots=True)
class RoundTrips:
    """Per turn, by store ("turns", "inbox", "deliveries" …) and what was asked of it."""

    by_call: dict[tuple[str, str], float]

    def of(self, *stores: str) -> float:
        return sum(number for (store, _), number in self.by_call.items() if store in stores)

    def besides(self, *stores: str) -> float:
        named = {store for store, _ in self.by_call} - {*stores, *BY_TIME}
        return self.of(*named)

    def __str__(self) -> str:
        parts = [f"{store}.{call} {number:.2g}" for (store, call), number in self.by_call.items()]
        return ", ".join(sorted(parts))


async def count_round_trips(model: Model, folder: Path, questions: int) -> RoundTrips:
    """One person, one question after the other, so that nothing is shared between turns."""
    binary = server_binary()
    if binary is None:
        raise RuntimeError("no Redis server was found to count with")
    async with (
        embedded_server(binary, folder / "counting") as socket,
        contender("counted", LUKA, folder, model.url, REDIS_URL=f"unix://{socket}") as bot,
    ):
        person = bot.telegram.person(7, "Ann")
        for _ in range(WARM_UP):
            await ask(bot, model, INSTANT, person)
        await bot.witness.quiet()
        async with _monitored(socket) as seen:
            for _ in range(questions):
                await ask(bot, model, INSTANT, person)
                await bot.witness.quiet()
        return RoundTrips({call: number / questions for call, number in seen.items()})


@asynccontextmanager
async def _monitored(socket: Path) -> AsyncIterator[Counter[tuple[str, str]]]:
    """Counts on until it is left; what scripts do inside the server is no round trip."""
    seen: Counter[tuple[str, str]] = Counter()
    begun = asyncio.Event()

    async def listen() -> None:
        redis = Redis(unix_socket_path=str(socket), decode_responses=True, socket_timeout=None)
        async with redis, redis.monitor() as monitor:
            begun.set()
            async for line in monitor.listen():
                if line["client_type"] != "lua":
                    seen[_sorted(str(line["command"]))] += 1

    async with Background() as background:
        background.spawn("monitor", listen())
        await begun.wait()
        yield seen


def _sorted(command: str) -> tuple[str, str]:
    name, *arguments = command.split(" ", 2)
    if name.lower() == "evalsha":
        return SCRIPTS[arguments[0]]
    if "inbox:" in command or (arguments and arguments[0].startswith("poll:")):
        return "inbox", name.lower()
    return "other", name.lower()
