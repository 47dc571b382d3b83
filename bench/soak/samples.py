"""What can be seen of luka from outside, again and again: its `/metrics`, its processes, Redis."""

import time
from dataclasses import dataclass
from statistics import quantiles

import aiohttp
from prometheus_client.parser import text_string_to_metric_families
from redis.asyncio import Redis

from bench.contender import Contender
from bench.soak import census
from bench.soak.record import Answered, Record

MIB = 2**20
TURNS, ALARMS, DEPTH = "luka_turns_total", "luka_alarms_total", "luka_inbox_depth"
DEAD = "luka_dead_letters_total"


@dataclass(frozen=True, slots=True)
class Sample:
    """at: seconds since the first turn. Memory in MiB, latencies in seconds since the last one."""

    at: float
    turns: int
    rss: float
    store_rss: float
    store_used: float
    fds: float
    tasks: float
    objects: float
    depth: float
    names: int
    kept: dict[str, float]
    whole_p50: float
    whole_p95: float


class Sampler:
    def __init__(self, bot: Contender, metrics_url: str, redis: Redis, record: Record) -> None:
        self.samples: list[Sample] = []
        self.counters: dict[str, float] = {}
        """Counters of the bot as they were last, with their labels."""
        self._bot = bot
        self._url = metrics_url
        self._redis = redis
        self._record = record
        self._began = time.monotonic()

    async def take(self) -> Sample:
        metrics, spent = await self._scraped(), self._bot.spent()
        memory = await self._redis.info("memory")
        self.counters = {name: value for name, value in metrics.items() if "_total" in name}
        prefix = f"{census.KEPT}:"
        p50, p95 = _percentiles(self._record.answered)
        self._record.answered.clear()
        sample = Sample(
            at=time.monotonic() - self._began,
            turns=int(sum(_series(metrics, TURNS).values())),
            rss=metrics.get("process_resident_memory_bytes", spent.rss * MIB) / MIB,
            store_rss=spent.store_rss,
            store_used=int(memory["used_memory"]) / MIB,
            fds=metrics.get("process_open_fds", 0.0),
            tasks=metrics[census.TASKS],
            objects=metrics[census.OBJECTS],
            depth=metrics[DEPTH],
            names=await self._redis.dbsize(),
            kept={
                name.removeprefix(prefix): value for name, value in _series(metrics, prefix).items()
            },
            whole_p50=p50,
            whole_p95=p95,
        )
        self.samples.append(sample)
        return sample

    def counted(self, name: str) -> dict[str, float]:
        """By label, those that aren't 0."""
        series = _series(self.counters, name)
        return {key.partition(":")[2]: value for key, value in series.items() if value}

    async def _scraped(self) -> dict[str, float]:
        async with aiohttp.ClientSession() as session, session.get(self._url) as answer:
            text = await answer.text()
        return {
            ":".join([sample.name, *sample.labels.values()]): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }


def _series(metrics: dict[str, float], beginning: str) -> dict[str, float]:
    return {name: value for name, value in metrics.items() if name.startswith(beginning)}


def _percentiles(answered: list[Answered]) -> tuple[float, float]:
    if len(answered) < 2:
        return 0.0, 0.0
    cuts = quantiles([one.whole for one in answered], n=100, method="inclusive")
    return cuts[49], cuts[94]
