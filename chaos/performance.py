"""One run from the first process to the verdict."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chaos.aftermath import catch_up, heal
from chaos.crowd import Crowd
from chaos.director import Director
from chaos.plan import Plan
from chaos.stage import Stage, open_stage
from chaos.verdict import Verdict, judge
from luka_bot.background import Background

LOOK = 1.0  # s between two lines of progress
TROUBLE_LIMIT = 30.0  # s in which the last troubles end by themselves
TAPS_LIMIT = 240.0  # s in which people see the effect of their last taps

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """failed: questions that the model failed, and that were asked again by Retry."""

    plan: Plan
    verdict: Verdict
    troubles: Counter[str]
    questions: int
    messages: int
    taps: int
    repeated_taps: int
    failed: int
    calls: int
    seconds: float


async def perform(plan: Plan, folder: Path, say: Say) -> Outcome:
    """folder keeps the logs of luka and of Redis."""
    began = time.monotonic()
    async with open_stage(plan, folder) as stage:
        crowd = Crowd(stage)
        director = Director(stage, crowd)
        async with Background() as progress:
            progress.spawn("progress", _progress(stage, crowd, director, say))
            await _trouble(stage, crowd, director)
        failed = await catch_up(stage, say)
        return Outcome(
            plan=plan,
            verdict=await judge(stage),
            troubles=_troubles(stage, director),
            questions=len(stage.ledger.questions),
            messages=stage.ledger.messages,
            taps=stage.ledger.taps,
            repeated_taps=stage.ledger.repeated,
            failed=failed,
            calls=stage.witness.calls,
            seconds=time.monotonic() - began,
        )


async def _trouble(stage: Stage, crowd: Crowd, director: Director) -> None:
    """Kills and questions until there were enough of both; then all is put right."""
    async with Background() as people:
        talking = people.spawn("talk", crowd.talk(people))
        await director.run()
        await talking
        await director.ended(TROUBLE_LIMIT)
        await heal(stage)
        await people.drain(TAPS_LIMIT)


def _troubles(stage: Stage, director: Director) -> Counter[str]:
    ended = sum(replica.gave_up for replica in stage.replicas)
    seen = {"calls spoiled by Telegram": stage.weather.seen, "process ended by itself": ended}
    return director.did + Counter(seen)


async def _progress(stage: Stage, crowd: Crowd, director: Director, say: Say) -> None:
    began = time.monotonic()
    while True:
        minutes, seconds = divmod(int(time.monotonic() - began), 60)
        say(
            f"kills {director.kills}/{stage.plan.kills} · questions {crowd.written}/"
            f"{stage.plan.messages} · Telegram holds {stage.telegram.pending_updates} · "
            f"{minutes}:{seconds:02} · seed {stage.plan.seed}"
        )
        await asyncio.sleep(LOOK)
