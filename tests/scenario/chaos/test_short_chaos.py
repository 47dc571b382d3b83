"""`make chaos` in short: nothing lost, said twice, out of order or in a wrong thread."""

from pathlib import Path

import pytest

from chaos.performance import perform
from chaos.plan import Door, Plan

QUICKLY = (1.0, 2.0)  # s
PLANS = [
    Plan(4, 30, people=8, seed=3, door=Door.POLLING, replicas=1, long_life=QUICKLY),
    Plan(4, 30, people=8, seed=4, door=Door.WEBHOOK, replicas=2, long_life=QUICKLY),
]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.door.value)
async def test_kills_under_load_break_no_promise(plan: Plan, tmp_path: Path) -> None:
    outcome = await perform(plan, tmp_path, say=lambda _: None)

    assert outcome.verdict.broken == {}
    assert outcome.questions >= plan.messages
