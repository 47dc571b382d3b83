"""What a turn costs on the wire."""

import pytest

from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ThreadId
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.inbox import Inbox
from tests.redis_fixtures import HandClock, Wire
from tests.scenario.storage.talk import ANN, done, question, said


async def test_a_turn_is_two_round_trips(threads: ThreadService, wire: Wire) -> None:
    await said(threads, "warm up: connection and scripts")
    with wire.costs(1):
        turn = await threads.open_turn(question("t1"))
    with wire.costs(1):
        await threads.commit_turn(turn, done("yes"))


async def test_even_a_persons_first_turn_is_two_round_trips(
    threads: ThreadService, wire: Wire
) -> None:
    await said(threads, "warm up")
    with wire.costs(2):
        await said(threads, "t1", user=type(ANN)(77))


async def test_listing_is_one_round_trip_however_many_there_are(
    threads: ThreadService, wire: Wire
) -> None:
    for number in range(30):
        await threads.create_thread(ANN, f"n{number}")
    await threads.list_threads(ANN)
    with wire.costs(1):
        page = await threads.list_threads(ANN, limit=30)
    assert len(page.threads) == 30


async def test_check_and_act_are_one_round_trip(threads: ThreadService, wire: Wire) -> None:
    thread = await threads.create_thread(ANN)
    await threads.rename_thread(ANN, thread.thread_id, "warm up")
    with wire.costs(1):
        await threads.rename_thread(ANN, thread.thread_id, "warm")
    with wire.costs(1), pytest.raises(ThreadGone):
        await threads.rename_thread(ANN, ThreadId("0" * 32), "cold")


async def test_a_batch_of_updates_is_stored_in_one_round_trip(
    inbox: Inbox, wire: Wire, clock: HandClock
) -> None:
    await inbox.append([{"update_id": 1}])
    clock.forward(1)
    with wire.costs(1):
        entries = await inbox.append([{"update_id": number} for number in range(2, 102)])
    with wire.costs(0):
        await inbox.append([])
    first = await inbox.backlog()
    await inbox.ack(first[0][0])
    with wire.costs(1):
        await inbox.ack(*[entry for entry in entries if entry])
    assert await inbox.depth() == 0
