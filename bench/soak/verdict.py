"""Whether anything grew that should not."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import linear_regression

from bench.soak import hours
from bench.soak.performance import Outcome
from bench.soak.samples import Sample
from luka_bot.storage import keys

QUARTERS = 4
ENOUGH = 4000  # turns; before that a process is still warming up
FLAT = 0.5  # MiB in 1,000 turns, over the last half
NOISE = 1.2  # times what it was in the quarter before
SMALL = 50  # items; fewer come and go


def broken(outcome: Outcome) -> dict[str, list[str]]:
    """Promises that weren't kept, each with its cases."""
    slope, last = growth(outcome, lambda one: one.rss), outcome.samples[-1]
    grew = last.turns >= ENOUGH and slope > FLAT
    promises = {
        "memory": [f"{slope:.2f} MiB in 1,000 turns"] if grew else [],
        "containers that grow": growing(outcome),
        "kinds of keys that grow": growing_kinds(outcome),
        "keys that would stay": outcome.immortal,
        "keys left after all lifetimes": leftovers(outcome),
        "left in the inbox": [f"{last.depth:.0f} updates"] if last.depth else [],
        "waited for in vain": outcome.record.missed,
        "tracebacks": [str(outcome.tracebacks)] if outcome.tracebacks else [],
    }
    return {name: cases for name, cases in promises.items() if cases}


def growth(outcome: Outcome, figure: Callable[[Sample], float]) -> float:
    """In 1,000 turns, a straight line through the last half of the run."""
    last = outcome.samples[len(outcome.samples) // 2 :]
    turns = [one.turns / 1000 for one in last]
    if len(set(turns)) < 2:
        return 0.0
    return linear_regression(turns, [figure(one) for one in last]).slope


def quarters(outcome: Outcome) -> list[list[Sample]]:
    """By turns, so that each holds as much work."""
    return [
        [one for one in outcome.samples if _quarter(outcome, one.turns) == number]
        for number in range(QUARTERS)
    ]


def largest(samples: Sequence[Sample]) -> dict[str, float]:
    """The most items that each container of luka held."""
    found: dict[str, float] = {}
    for sample in samples:
        for where, items in sample.kept.items():
            found[where] = max(found.get(where, 0.0), items)
    return found


def growing(outcome: Outcome) -> list[str]:
    """Containers that held more in the last quarter than ever in the one before."""
    before, last = (largest(samples) for samples in quarters(outcome)[-2:])
    return [
        f"{where}: {before.get(where, 0):.0f}, then {items:.0f}"
        for where, items in last.items()
        if items > NOISE * before.get(where, 0) + SMALL
    ]


def growing_kinds(outcome: Outcome) -> list[str]:
    """Of those that had the time to come to their full number."""
    half, days = outcome.plan.days // 2, outcome.plan.days
    before, last = outcome.evenings[half : days * 3 // 4], outcome.evenings[days * 3 // 4 :]
    found = []
    for kind in sorted(set().union(*(evening.kinds for evening in last))):
        most = max((evening.kinds[kind] for evening in before), default=0)
        now = max(evening.kinds[kind] for evening in last)
        if lifetime(kind) <= timedelta(days=half) and now > NOISE * most + SMALL:
            found.append(f"{kind}: {most}, then {now}")
    return found


def leftovers(outcome: Outcome) -> list[str]:
    """What still stands is either for ever, with a reason, or of the process that still runs."""
    allowed = (*keys.PERMANENT, *hours.RENEWED)
    return [kind for kind in outcome.afterwards if not kind.startswith(allowed)]


def lifetime(kind: str) -> timedelta:
    """The longest possible where there is none."""
    if kind == hours.UNKNOWN:
        return timedelta.max
    return keys.lifetime(kind) or timedelta.max


def _quarter(outcome: Outcome, turns: int) -> int:
    return min(turns * QUARTERS // max(outcome.samples[-1].turns, 1), QUARTERS - 1)
