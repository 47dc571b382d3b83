"""How much luka is used, counted by the day where its operator lives."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import chain

from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.stats import DayStats, Figures, Spent, StatsReport, quantile, wait_bound
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

DAYS_KEPT = keys.STATS_LIFE.days
PEOPLE_NAMED = 100  # of those who wrote most
NAME_LENGTH = 100  # of a model; people may choose any that a server has
WEEK = 7

_RECORD = Script.load("record_turn", "stats")
_REPORT = Script.load("report_stats", repeatable=True)
_FORGET = Script.load("forget_active", repeatable=True)


class StatsStore:
    """Every method may raise StorageAway. Times are seconds since the epoch."""

    def __init__(self, storage: Storage, zone: tzinfo) -> None:
        self._storage = storage
        self._zone = zone

    async def record(self, spent: Spent, at: float) -> None:
        """Counts it once more each time; tokens and seconds also in the person's own day, if they
        have one."""
        day, usage = self._day(at), spent.usage
        names = [keys.stats(day), keys.active(day), keys.usage(spent.person)]
        args: list[str | int] = [
            str(spent.person),
            "1" if spent.is_message else "0",
            spent.outcome.value,
            usage.prompt_tokens,
            usage.answer_tokens,
            f"{usage.seconds:.3f}",
            "" if spent.waited is None else f"{wait_bound(spent.waited):g}",
            usage.model[:NAME_LENGTH],
        ]
        await self._storage.run(_RECORD, names, args)

    async def report(self, days: int, now: float) -> StatsReport:
        """Of so many days, today included; one round trip. At most DAYS_KEPT are known."""
        dates = self._last(min(days, DAYS_KEPT), now)
        names = [*map(keys.stats, dates), *map(keys.active, dates)]
        each, people, in_week, wrote = await self._storage.run(_REPORT, names, [PEOPLE_NAMED, WEEK])
        counts = [_counts(flat) for flat in each[::2]]
        return StatsReport(
            days=tuple(
                DayStats(date.fromisoformat(day), _figures(count, there))
                for day, count, there in zip(dates, counts, each[1::2], strict=True)
            ),
            people=tuple(
                (UserId(int(person)), int(messages))
                for person, messages in zip(wrote[::2], wrote[1::2], strict=True)
            ),
            totals=_figures(_together(counts), people),
            week=_figures(_together(counts[-WEEK:]), in_week),
        )

    async def forget(self, person: UserId, now: float) -> None:
        """What they wrote stays counted, and nobody's."""
        # one more at either end, for an operator who has moved to another time zone
        dates = self._last(DAYS_KEPT + 2, now + timedelta(days=1).total_seconds())
        await self._storage.run(_FORGET, [keys.active(day) for day in dates], [str(person)])

    def _day(self, at: float) -> str:
        return datetime.fromtimestamp(at, self._zone).date().isoformat()

    def _last(self, days: int, now: float) -> list[str]:
        today = datetime.fromtimestamp(now, self._zone).date()
        return [(today - timedelta(days=back)).isoformat() for back in reversed(range(days))]


def _counts(flat: Sequence[str]) -> dict[str, float]:
    """From what HGETALL returns inside a script: field, value, field, value."""
    return {name: float(value) for name, value in zip(flat[::2], flat[1::2], strict=True)}


def _together(counts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: defaultdict[str, float] = defaultdict(float)
    for name, value in chain.from_iterable(count.items() for count in counts):
        total[name] += value
    return total


def _figures(counts: Mapping[str, float], people: int) -> Figures:
    waits = {float(bound): many for bound, many in _named("wait:", counts).items()}
    return Figures(
        people=people,
        messages=int(counts.get("messages", 0)),
        answers=int(counts.get(MessageState.DONE, 0) + counts.get(MessageState.STOPPED, 0)),
        failed=int(counts.get(MessageState.FAILED, 0)),
        prompt_tokens=int(counts.get("prompt_tokens", 0)),
        answer_tokens=int(counts.get("answer_tokens", 0)),
        model_seconds=counts.get("model_seconds", 0.0),
        wait_p50=quantile(waits, 0.5),
        wait_p95=quantile(waits, 0.95),
        models=_named("model:", counts),
    )


def _named(prefix: str, counts: Mapping[str, float]) -> dict[str, int]:
    return {
        name.removeprefix(prefix): int(value)
        for name, value in counts.items()
        if name.startswith(prefix)
    }
