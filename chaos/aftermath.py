"""Everything is healed: wait until luka has caught up, and tap Retry where it had to give up."""

import asyncio
import time
from collections.abc import Callable

from redis.asyncio import Redis

from chaos.chats import Seen, seen_by
from chaos.stage import Stage

STALL_LIMIT = 75.0  # s without any progress, after which the rest counts as lost
LOOK = 1.0  # s
ROUNDS = 3  # of tapping Retry
STEADY = 2.0  # s in which nothing may happen any more

Say = Callable[[str], None]


async def heal(stage: Stage) -> None:
    """No trouble any more. Those that were under way have ended by now."""
    stage.weather.calm = stage.oracle.calm = stage.balancer.calm = True
    for wire in stage.wires:
        wire.resume()


async def catch_up(stage: Stage, say: Say) -> int:
    """Returns how many questions had failed honestly, before Retry was tapped."""
    failed: set[int] = set()
    for _ in range(ROUNDS):
        await _settle(stage, say)
        offers = [one for one in seen_at(stage) if one.needs_retry]
        failed |= {one.question.update_id for one in offers}
        for one in offers:
            await _ask_again(stage, one)
        if not offers:
            break
    return len(failed)


async def waiting(redis: Redis) -> int:
    """Entries in the inbox, wherever they lie."""
    names = [name async for name in redis.scan_iter("inbox*", count=1000, _type="stream")]
    return sum([await redis.xlen(name) for name in names if name != "inbox:dead"])


async def _ask_again(stage: Stage, seen: Seen) -> None:
    """As an app does it, the button stays until luka takes it away."""
    if seen.retry is not None:
        person = stage.people[seen.question.person_id]
        await person.taps_data(*seen.retry)


async def _settle(stage: Stage, say: Say) -> None:
    """Until nothing waits and nobody writes, or there is no progress for STALL_LIMIT."""
    last, since, calls = -1, time.monotonic(), -1
    while time.monotonic() - since < STALL_LIMIT:
        open_ones = sum(not one.settled for one in seen_at(stage))
        entries = await waiting(stage.store.redis)
        say(f"healed; {open_ones} questions open, {entries} updates in the inbox")
        left = open_ones + entries + stage.telegram.pending_updates
        if left == 0 and calls == stage.witness.calls:
            return
        if left != last or (left == 0 and calls != stage.witness.calls):
            last, since = left, time.monotonic()
        calls = stage.witness.calls
        await asyncio.sleep(STEADY if left == 0 else LOOK)


def seen_at(stage: Stage) -> list[Seen]:
    questions, witness = stage.ledger.questions, stage.witness
    return seen_by(stage.telegram, questions, witness.died_on_the_wire)
