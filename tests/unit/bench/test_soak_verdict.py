"""The soak sees what it is there to see."""

from collections import Counter
from dataclasses import replace

from bench.soak import verdict
from bench.soak.performance import Evening, Outcome
from bench.soak.plan import Plan
from bench.soak.record import Record
from bench.soak.samples import Sample

TURNS = 4000
START = Sample(
    at=0.0,
    turns=0,
    rss=200.0,
    store_rss=8.0,
    store_used=2.0,
    fds=20.0,
    tasks=12.0,
    objects=250_000.0,
    depth=0.0,
    names=10,
    kept={"Paces._paces": 100.0},
    whole_p50=0.1,
    whole_p95=0.2,
)


def outcome(*samples: Sample, evenings: list[Evening] | None = None) -> Outcome:
    return Outcome(
        plan=Plan(turns=TURNS, days=8, regulars=1, at_once=1, every=1.0, seed=1),
        record=Record(),
        idle=START,
        samples=list(samples),
        evenings=evenings or [],
        afterwards=Counter({"inbox:bot": 1, "lease:": 3}),
        sizes={},
        immortal=[],
        dead={},
        alarms={},
        tracebacks=0,
        seconds=1.0,
    )


def run(rss_a_turn: float = 0.0, kept_a_turn: float = 0.0) -> list[Sample]:
    return [
        replace(
            START,
            turns=turns,
            rss=200 + rss_a_turn * turns,
            kept={"Paces._paces": 100 + kept_a_turn * turns},
        )
        for turns in range(0, TURNS + 1, 100)
    ]


def evening(day: int, a_day: int) -> Evening:
    return Evening(turns=day, kinds=Counter({"turn:": 500 + a_day * day}), ended=0)


def test_a_run_in_which_nothing_grows_is_well() -> None:
    steady = [evening(day, a_day=0) for day in range(8)]

    assert verdict.broken(outcome(*run(), evenings=steady)) == {}


def test_a_kilobyte_that_stays_of_each_turn_is_seen() -> None:
    assert verdict.broken(outcome(*run(rss_a_turn=1 / 1024))) == {
        "memory": ["0.98 MiB in 1,000 turns"]
    }


def test_a_dictionary_that_forgets_nobody_is_named() -> None:
    assert verdict.broken(outcome(*run(kept_a_turn=1))) == {
        "containers that grow": ["Paces._paces: 3000, then 4100"]
    }


def test_keys_that_become_more_every_day_are_named() -> None:
    evenings = [evening(day, a_day=200) for day in range(8)]

    assert verdict.broken(outcome(*run(), evenings=evenings)) == {
        "kinds of keys that grow": ["turn:: 1500, then 1900"]
    }


def test_keys_that_outlive_every_lifetime_are_named() -> None:
    found = replace(outcome(*run()), afterwards=Counter({"thread:": 1, "inbox:bot": 1}))

    assert verdict.broken(found) == {"keys left after all lifetimes": ["thread:"]}
