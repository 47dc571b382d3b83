"""From what was seen to lines that can be compared."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.crowd import Round
from bench.plan import Pairs, Seen
from bench.witness import Turn

NEAR = 1.1  # times the floor's time, at most
ENOUGH = 0.8  # of the floor's throughput, at least
TRIPS = 2  # to the store in a turn, besides the inbox


@dataclass(frozen=True, slots=True)
class Aim:
    """For the ratio of luka to the floor, or for luka's own figure where the floor has none."""

    bound: float
    at_most: bool = True

    def met(self, value: float) -> bool:
        rounded = round(value, 2)
        return rounded <= self.bound if self.at_most else rounded >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.bound:.4g}"


@dataclass(frozen=True, slots=True)
class Row:
    """floor is None where it has no such thing.

    spread: the least and the greatest ratio of the single rounds, which tells the noise.
    """

    group: str
    name: str
    unit: str
    floor: float | None
    luka: float
    spread: tuple[float, float] | None = None
    aim: Aim | None = None

    @property
    def ratio(self) -> float | None:
        return self.luka / self.floor if self.floor else None

    @property
    def missed(self) -> bool:
        value = self.luka if self.ratio is None else self.ratio
        return self.aim is not None and not self.aim.met(value)


def rows_of(seen: Seen) -> list[Row]:
    return [
        *_times("fluent model, {} people", seen.fluent),
        _line("fluent model, {} people", "Bot API calls an answer", "", seen.fluent, _calls),
        _line("fluent model, {} people", "CPU an answer", "ms", seen.fluent, _cpu),
        *_times("instant model, alone", seen.alone),
        *_crowd_rows(seen),
        *_memory_rows(seen),
        *_store_rows(seen),
    ]


def _times(group: str, pairs: Pairs) -> list[Row]:
    measures: tuple[tuple[str, Callable[[Turn], float]], ...] = (
        ("update to first text", lambda turn: turn.to_first_text),
        ("last token to final text", lambda turn: turn.after_the_model),
        ("update to final text", lambda turn: turn.to_final_text),
    )
    return [
        _percentile(group, f"{name}, p{percent}", pairs, measure, percent)
        for name, measure in measures
        for percent in (50, 95)
    ]


def _crowd_rows(seen: Seen) -> list[Row]:
    group, enough = "instant model, {} people", Aim(ENOUGH, at_most=False)
    paced = f"{seen.paced.people} people"
    return [
        _line(group, "turns a second", "", seen.busy, lambda one: one.rate, enough),
        _line(group, "turns a CPU second", "", seen.busy, lambda one: 1000 / _cpu(one), enough),
        _line(group, "CPU an answer", "ms", seen.busy, _cpu),
        _line(group, "CPU of the store an answer", "ms", seen.busy, _store_cpu),
        _line(group, "Bot API calls an answer", "", seen.busy, _calls),
        Row(f"instant model, {paced}", "turns a second as shipped", "", None, seen.paced.rate),
    ]


def _memory_rows(seen: Seen) -> list[Row]:
    floor, luka = seen.floor_spent, seen.luka_spent
    return [
        Row("at the end", "RSS", "MiB", floor.rss, luka.rss),
        Row("at the end", "RSS of the store", "MiB", None, luka.store_rss),
    ]


def _store_rows(seen: Seen) -> list[Row]:
    trips = seen.round_trips
    group = "Redis round trips a turn"
    return [
        Row(group, "thread store (open, commit)", "", None, trips.of("turns", "threads")),
        Row(group, "deliveries", "", None, trips.of("deliveries")),
        Row(group, "line in front of the model", "", None, trips.of("line")),
        Row(group, "all besides the inbox", "", None, trips.besides("inbox"), aim=Aim(TRIPS)),
        Row(group, "inbox", "", None, trips.of("inbox")),
    ]


def _percentile(
    group: str, name: str, pairs: Pairs, measure: Callable[[Turn], float], percent: int
) -> Row:
    """In milliseconds, over the turns of all rounds."""

    def at(rounds: Sequence[Round]) -> float:
        values = [measure(turn) for each in rounds for turn in each.turns]
        return 1000 * quantiles(values, n=100, method="inclusive")[percent - 1]

    group = group.format(pairs.luka[0].people)
    singles = [(at([one]), at([other])) for one, other in zip(pairs.floor, pairs.luka, strict=True)]
    return Row(group, name, "ms", at(pairs.floor), at(pairs.luka), _spread(singles), Aim(NEAR))


def _line(
    group: str,
    name: str,
    unit: str,
    pairs: Pairs,
    figure: Callable[[Round], float],
    aim: Aim | None = None,
) -> Row:
    """The median of a figure that each round has one of."""
    floor, luka = ([figure(each) for each in some] for some in (pairs.floor, pairs.luka))
    spread = _spread(list(zip(floor, luka, strict=True)))
    group = group.format(pairs.luka[0].people)
    return Row(group, name, unit, median(floor), median(luka), spread, aim)


def _calls(one: Round) -> float:
    """Other than polls."""
    return (one.calls.total() - one.calls["getUpdates"]) / len(one.turns)


def _cpu(one: Round) -> float:
    """Milliseconds an answer, of the bot alone."""
    return 1000 * one.cpu / len(one.turns)


def _store_cpu(one: Round) -> float:
    return 1000 * one.store_cpu / len(one.turns)


def _spread(pairs: list[tuple[float, float]]) -> tuple[float, float] | None:
    ratios = [luka / floor for floor, luka in pairs if floor]
    return (min(ratios), max(ratios)) if ratios else None
