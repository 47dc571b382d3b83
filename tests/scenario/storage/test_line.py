"""The line in front of the model: fair, limited, over all processes, and free of the dead."""

import pytest
from redis.asyncio import Redis

from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.line import Rank
from tests.redis_fixtures import HandClock, Wire
from tests.scenario.storage.lining import Process

ANN, BOB, CID, DAN, SPARE = 1, 2, -3, 4, 0


@pytest.fixture
def process(storage: Storage, clock: HandClock) -> Process:
    return Process(storage, clock)


async def test_ten_questions_of_one_wait_behind_the_first_of_another(process: Process) -> None:
    process.joins(*[ANN] * 10, BOB)

    assert await process.order() == [ANN, BOB, *[ANN] * 9]


async def test_it_goes_round_by_round(process: Process) -> None:
    process.joins(ANN, ANN, ANN, BOB, BOB, CID)

    assert await process.order() == [ANN, BOB, CID, ANN, BOB, ANN]


async def test_in_a_round_whoever_came_first_goes_first(process: Process) -> None:
    process.joins(DAN, CID, BOB, ANN)

    assert await process.order() == [DAN, CID, BOB, ANN]


async def test_asking_one_after_the_other_is_no_way_to_the_front(process: Process) -> None:
    process.joins(ANN, BOB, BOB, CID)
    served = await process.looks()
    while process.runs:
        if served[-1] == ANN and served.count(ANN) < 3:
            process.joins(ANN)
        served += await process.ends()

    assert served == [ANN, BOB, CID, BOB, ANN, ANN]


async def test_nobody_saves_up_rounds_by_being_away(process: Process) -> None:
    process.joins(*[ANN] * 5)
    await process.looks()
    await process.ends()
    await process.ends()
    process.joins(BOB, BOB, BOB)

    assert [ANN, *await process.order()] == [ANN, BOB, ANN, BOB, ANN, BOB]


async def test_no_more_run_than_may(storage: Storage, clock: HandClock) -> None:
    process = Process(storage, clock, total=3, person=3)
    process.joins(ANN, ANN, BOB, CID, CID)

    assert await process.looks() == [ANN, BOB, CID]
    assert len(process.waits) == 2
    assert await process.ends() == [ANN]


async def test_a_person_at_their_limit_is_passed_by_and_keeps_their_place(
    storage: Storage, clock: HandClock
) -> None:
    process = Process(storage, clock, total=3, person=2)
    process.joins(ANN, ANN, ANN, ANN)
    assert await process.looks() == [ANN, ANN]

    process.joins(BOB)

    assert await process.looks() == [BOB]
    assert process.positions == (1, 2)
    assert await process.ends() == [ANN]


async def test_two_processes_share_one_limit_and_one_order(
    storage: Storage, clock: HandClock
) -> None:
    first, second = Process(storage, clock, total=2), Process(storage, clock, total=2)
    first.joins(ANN, BOB)
    second.joins(CID)
    first.joins(DAN)

    assert (await first.looks(), await second.looks()) == ([ANN, BOB], [])
    assert (await first.looks(), first.positions, second.positions) == ([], (2,), (1,))
    assert (await first.ends(), await second.looks()) == ([], [CID])
    assert (await second.ends(), await first.looks()) == ([], [DAN])


async def test_who_overtakes_goes_before_everybody_and_costs_nobody_a_round(
    process: Process,
) -> None:
    process.joins(ANN, ANN, BOB)
    await process.looks()
    process.joins(DAN, DAN, rank=Rank.OVERTAKES)
    await process.looks()
    assert process.positions == (4, 3, 1, 2)
    process.joins(CID)

    assert await process.order() == [DAN, DAN, BOB, CID, ANN]


async def test_spare_work_begins_only_when_nobody_waits_and_costs_nobody_a_round(
    storage: Storage, clock: HandClock
) -> None:
    process, other = Process(storage, clock), Process(storage, clock)
    process.joins(ANN)
    await process.looks()
    process.joins(SPARE, rank=Rank.SPARE)
    await process.looks()
    other.joins(CID)
    await other.looks()
    assert other.positions == (1,)

    assert (await process.ends(), await other.looks()) == ([], [CID])
    process.joins(ANN, BOB)
    await process.looks()
    assert await other.ends() == []
    assert await process.order() == [BOB, ANN, SPARE]


async def test_who_gives_their_places_up_waits_for_none_of_them(process: Process) -> None:
    process.joins(ANN, ANN, ANN)
    await process.looks()
    await process.gives_up(0)
    await process.gives_up(0)
    process.joins(ANN, BOB, BOB)

    assert await process.order() == [BOB, ANN, BOB]


async def test_places_of_a_silent_process_are_free_and_are_its_own_again_when_it_speaks(
    storage: Storage, clock: HandClock, redis: Redis
) -> None:
    silent, other = Process(storage, clock), Process(storage, clock)
    silent.joins(ANN, BOB)
    await silent.looks()
    lease = (await redis.keys(keys.lease("line:*")))[0]
    other.joins(CID, DAN)
    assert await other.looks() == []

    await redis.delete(lease)
    assert (await other.looks(), other.positions) == ([CID], (1,))
    assert (await silent.looks(), silent.positions) == ([], (1,))

    assert (await other.ends(), await silent.ends()) == ([], [BOB])


async def test_what_is_said_again_changes_nothing(process: Process, redis: Redis) -> None:
    process.joins(ANN, ANN, BOB)
    await process.looks()
    before = await everything(redis)

    for _ in range(3):
        await process.looks()

    assert await everything(redis) == before


async def test_a_line_that_redis_has_lost_is_there_again_in_its_order(
    process: Process, redis: Redis
) -> None:
    process.joins(ANN, ANN, ANN, BOB)
    await process.looks()
    await redis.flushall()
    process.joins(CID)

    assert await process.order() == [BOB, CID, ANN, ANN]


async def test_the_expected_time_follows_what_generations_took(process: Process) -> None:
    process.joins(*[ANN] * 5)
    await process.looks()
    assert process.seconds == 0

    seen = []
    for seconds in (10, 20, None):
        await process.ends(seconds)
        seen.append(process.seconds)

    assert seen == [10, 12, 12]


async def test_nothing_stays_of_those_who_left(process: Process, redis: Redis) -> None:
    process.joins(*range(1, 200))
    await process.order()

    assert set(await redis.keys("line:*")) == {keys.LINE_PACE, keys.LINE_HOLDERS}
    assert await redis.hkeys(keys.LINE_PACE) == ["seconds"]


async def test_whose_round_is_over_is_forgotten_while_others_are_still_answered(
    process: Process, redis: Redis
) -> None:
    process.joins(*range(1, 200), 1, 1)
    await process.looks()
    for _ in range(200):
        await process.ends()

    assert process.runs
    assert await redis.zcard(keys.LINE_PEOPLE) == 1


async def test_everybody_of_a_process_looks_in_one_round_trip(process: Process, wire: Wire) -> None:
    process.joins(ANN)
    await process.looks()
    await process.ends()
    process.joins(*range(1, 50))

    with wire.costs(1):
        assert await process.looks() == [1]
    with wire.costs(1):
        assert await process.ends() == [2]


async def everything(redis: Redis) -> dict[str, object]:
    return {
        keys.LINE_WAITING: await redis.zrange(keys.LINE_WAITING, 0, -1, withscores=True),
        keys.LINE_RUNNING: await redis.smembers(keys.LINE_RUNNING),
        keys.LINE_PEOPLE: await redis.zrange(keys.LINE_PEOPLE, 0, -1, withscores=True),
        keys.LINE_PACE: await redis.hgetall(keys.LINE_PACE),
    }
