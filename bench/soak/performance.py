"""The whole run: days full of people, and between them the time that passes in Redis."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from redis.asyncio import Redis

from bench.contender import MODEL, BotFailed, contender
from bench.soak import hours
from bench.soak.model import Oracle
from bench.soak.plan import Plan
from bench.soak.record import Record
from bench.soak.samples import Sample, Sampler
from bench.soak.town import Town
from chaos.ports import free_port
from luka_bot.background import Background
from luka_bot.demo.model import ScriptedOllama
from luka_bot.storage.embedded import running_socket

SOAKED = ("-m", "bench.soak.luka")
DAY = timedelta(days=1)
LONGEST = timedelta(days=91)  # more than the lifetime of anything that talks leave
SMALL_CONTEXT = "2048"  # tokens, so that histories soon have to be trimmed and summed up
QUIET_LIMIT = 60.0  # s until nothing is under way any more
LOOK = 0.1  # s


@dataclass(frozen=True, slots=True)
class Evening:
    """The keys at the end of a day, and how many of them the night took."""

    turns: int
    kinds: Counter[str]
    ended: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """idle: before anybody came. afterwards: keys when all lifetimes have passed.

    sizes: bytes of one key of each kind. immortal: keys that would stay for ever.
    """

    plan: Plan
    record: Record
    idle: Sample
    samples: list[Sample]
    evenings: list[Evening]
    afterwards: Counter[str]
    sizes: dict[str, float]
    immortal: list[str]
    dead: dict[str, float]
    alarms: dict[str, float]
    tracebacks: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Stage:
    town: Town
    oracle_requests: list[dict[str, object]]
    redis: Redis
    sampler: Sampler
    background: Background
    log: Path


async def perform(plan: Plan, folder: Path, say: Callable[[str], None]) -> Outcome:
    """Raises BotFailed if luka doesn't start, or doesn't come to rest after a day."""
    record, began = Record(), time.monotonic()
    async with _open_stage(plan, folder, record) as stage:
        idle = await stage.sampler.take()
        stage.background.spawn("sample", _sample(stage.sampler, plan.every))
        evenings, immortal = [], set[str]()
        sizes: dict[str, float] = {}
        for day in range(plan.days):
            await stage.town.live(day)
            await _quiet(stage)
            immortal |= set(await hours.immortal(stage.redis))
            kinds = await hours.count_kinds(stage.redis)
            if day == plan.days - 1:
                sizes = {kind: await hours.size_of(stage.redis, kind) for kind in kinds}
            ended = await hours.pass_time(stage.redis, DAY)
            evenings.append(Evening(record.turns, kinds, ended))
            say(f"day {day + 1} of {plan.days}: {record.turns} turns, {kinds.total()} keys")
        await stage.sampler.take()
        await hours.pass_time(stage.redis, LONGEST)
        return Outcome(
            plan=plan,
            record=record,
            idle=idle,
            samples=stage.sampler.samples[1:],
            evenings=evenings,
            afterwards=await hours.count_kinds(stage.redis),
            sizes=sizes,
            immortal=sorted(immortal),
            dead=stage.sampler.counted("luka_dead_letters_total"),
            alarms=stage.sampler.counted("luka_alarms_total"),
            tracebacks=stage.log.read_text("utf-8", "replace").count("Traceback"),
            seconds=time.monotonic() - began,
        )


@asynccontextmanager
async def _open_stage(plan: Plan, folder: Path, record: Record) -> AsyncIterator[_Stage]:
    oracle, port = Oracle(plan.chance("model")), free_port()
    settings = {"WEB_PORT": str(port), "OLLAMA_NUM_CTX": SMALL_CONTEXT}
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        model = await enter(ScriptedOllama.open(reply=oracle, models=[MODEL]))
        bot = await enter(contender("soaked", SOAKED, folder, model.url, **settings))
        socket = running_socket(bot.home / "data")
        if socket is None:
            raise BotFailed("has no store of its own", bot.home)
        redis = await enter(Redis(unix_socket_path=str(socket), decode_responses=True))
        url = f"http://127.0.0.1:{port}/metrics"
        yield _Stage(
            town=Town(plan, bot.telegram, oracle, record),
            oracle_requests=model.requests,
            redis=redis,
            sampler=Sampler(bot, url, redis, record),
            background=await enter(Background()),
            log=bot.home / "log",
        )


async def _sample(sampler: Sampler, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await sampler.take()


async def _quiet(stage: _Stage) -> None:
    """Everybody has left: luka ends what it is at, and we forget what nobody will look at."""
    async with asyncio.timeout(QUIET_LIMIT):
        while (await stage.sampler.take()).depth:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(LOOK)
    stage.town.forget()
    stage.oracle_requests.clear()
