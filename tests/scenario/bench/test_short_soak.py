"""`make soak` in short: a few days of a small town."""

from pathlib import Path
from xml.etree import ElementTree as ET

from bench.soak import curve, report, verdict
from bench.soak.performance import perform
from bench.soak.plan import Plan

PLAN = Plan(turns=50, days=2, regulars=8, at_once=8, every=2.0, seed=5)
OF_LONG_RUNS = {"containers that grow", "kinds of keys that grow"}


async def test_days_of_people_leave_nothing_behind(tmp_path: Path) -> None:
    outcome = await perform(PLAN, tmp_path, say=lambda _: None)

    found = verdict.broken(outcome)
    assert {name: cases for name, cases in found.items() if name not in OF_LONG_RUNS} == {}
    assert outcome.samples[-1].turns >= PLAN.turns
    assert outcome.afterwards.total() < outcome.evenings[-1].kinds.total()
    assert "RSS of luka, MiB" in [row[0] for row in report.memory(outcome)]
    assert ET.fromstring(curve.svg(outcome)).tag.endswith("svg")  # noqa: S314 - our own
