"""What stands in a chat, and what may: known to whoever goes on after a crash."""

from collections.abc import Mapping, Sequence

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from luka_bot.metrics import AMBIGUOUS_SENDS, REGISTRY
from luka_bot.models.errors import TurnTaken
from luka_bot.models.ids import ChatId, MessageId, TurnId, UpdateId
from luka_bot.models.turn import Turn, TurnState
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.client import Storage
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, done, failed, question, words

CHAT = ChatId(ANN)
HELLO = MessageId(41)


@pytest.fixture
def deliveries(storage: Storage) -> Deliveries:
    return Deliveries(storage)


@pytest.fixture
def others(storage: Storage, clock: HandClock) -> ThreadService:
    """The same store, seen by another process."""
    return ThreadService(ThreadStore(storage), TurnStore(storage), clock)


async def asked(threads: ThreadService) -> Turn:
    return await threads.open_turn(question("t1", "hi"))


async def state(redis: Redis) -> str | None:
    found = await redis.hget("turn:t1", "state")
    return None if found is None else str(found)


async def test_a_turn_goes_from_stored_to_sent(
    threads: ThreadService, deliveries: Deliveries, redis: Redis
) -> None:
    turn = await asked(threads)
    delivery = deliveries.of_turn(turn, CHAT)
    states = [await state(redis)]
    await delivery.receipt().begin()
    states.append(await state(redis))
    await delivery.wrote([HELLO], last=False)
    await threads.commit_turn(turn, done("Hello."))
    states.append(await state(redis))
    await delivery.wrote([HELLO], last=True)
    states.append(await state(redis))
    assert states == ["stored", "generating", "sending", "sent"]


async def test_what_stands_whole_and_is_stored_needs_nothing_more(
    threads: ThreadService, others: ThreadService, deliveries: Deliveries
) -> None:
    turn = await asked(threads)
    await deliveries.of_turn(turn, CHAT).wrote([HELLO], last=True)
    not_stored = await asked(others)
    await others.commit_turn(not_stored, done("Hello."))
    await deliveries.of_turn(not_stored, CHAT).wrote([HELLO], last=True)
    again = await asked(threads)
    assert (not_stored.delivered, not_stored.state) == (False, TurnState.RESUMED)
    assert (again.delivered, again.state) == (True, TurnState.ANSWERED)


async def test_a_failure_that_was_told_is_not_told_again(
    threads: ThreadService, deliveries: Deliveries
) -> None:
    turn = await asked(threads)
    await threads.commit_turn(turn, failed())
    await deliveries.of_turn(turn, CHAT).wrote([HELLO], last=True)
    assert (await asked(threads)).delivered
    retried = await threads.reopen_turn(
        ANN, turn.thread.thread_id, TurnId("t1"), drop_answer=False, request="tap"
    )
    assert not retried.delivered


async def test_a_doubt_is_counted_once_by_whoever_sends_again(
    threads: ThreadService, others: ThreadService, deliveries: Deliveries
) -> None:
    await deliveries.of_turn(await asked(threads), CHAT).receipt().begin()
    turn = await asked(others)
    again = deliveries.of_turn(turn, CHAT)
    with capture_logs() as logs:
        await again.receipt().begin()
        await again.receipt().end()
        await again.receipt().begin()
        await again.wrote([HELLO], last=True)
    assert turn.doubtful
    assert _doubts(logs) == ["restart"]
    assert not (await asked(threads)).doubtful


async def test_a_doubt_whose_message_nobody_needs_any_more_is_counted_at_the_end(
    threads: ThreadService, deliveries: Deliveries
) -> None:
    first = deliveries.of_turn(await asked(threads), CHAT)
    await first.wrote([HELLO], last=False)
    await first.receipt().begin()
    before = _restarts()
    again = deliveries.of_turn(await asked(threads), CHAT)
    await again.wrote([HELLO], last=True)
    await again.wrote([HELLO], last=True)
    assert _restarts() - before == 1


async def test_a_doubt_is_told_again_if_the_first_telling_was_lost(
    threads: ThreadService, deliveries: Deliveries
) -> None:
    await deliveries.of_turn(await asked(threads), CHAT).receipt().begin()
    receipt = deliveries.of_turn(await asked(threads), CHAT).receipt()
    await receipt.begin()
    with capture_logs() as logs:
        await receipt.begin()
    assert _doubts(logs) == ["restart"]


async def test_a_try_that_had_no_effect_leaves_no_doubt(
    threads: ThreadService, deliveries: Deliveries
) -> None:
    receipt = deliveries.of_turn(await asked(threads), CHAT).receipt()
    await receipt.begin()
    await receipt.end()
    assert not (await asked(threads)).doubtful


async def test_who_was_taken_for_dead_sends_stores_and_notes_nothing(
    threads: ThreadService, others: ThreadService, deliveries: Deliveries
) -> None:
    dead = await asked(threads)
    alive = await asked(others)
    await deliveries.of_turn(alive, CHAT).receipt().begin()
    late = deliveries.of_turn(dead, CHAT)
    with pytest.raises(TurnTaken):
        await late.receipt().begin()
    await late.wrote([MessageId(99)], last=True)
    assert not await threads.commit_turn(dead, done("Too late."))
    seen = await asked(others)
    assert (seen.shown, seen.doubtful, seen.state) == ((), True, TurnState.RESUMED)


async def test_a_tap_whose_answer_is_stored_is_not_answered_anew(
    threads: ThreadService, others: ThreadService, deliveries: Deliveries
) -> None:
    turn = await asked(threads)
    thread_id = turn.thread.thread_id
    await threads.commit_turn(turn, done("Red."))

    async def tapped(by: ThreadService, request: str) -> Turn:
        return await by.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=True, request=request)

    anew = await tapped(threads, "first tap")
    await threads.commit_turn(anew, done("Blue."))
    again = await tapped(others, "first tap")
    await deliveries.of_turn(again, CHAT).wrote([HELLO], last=True)
    stands = await tapped(others, "first tap")
    second = await tapped(others, "second tap")
    assert [one.state for one in (anew, again, second)] == [
        TurnState.RESUMED,
        TurnState.ANSWERED,
        TurnState.RESUMED,
    ]
    assert [one.delivered for one in (again, stands, second)] == [False, True, False]
    assert words(await threads.history(ANN, thread_id)) == ["hi", "Blue."]


async def test_a_tap_that_was_accepted_stays_so_whatever_is_asked_meanwhile(
    threads: ThreadService,
) -> None:
    turn = await asked(threads)
    await threads.commit_turn(turn, done("Red."))
    place = (ANN, turn.thread.thread_id, TurnId("t1"))
    await threads.reopen_turn(*place, drop_answer=True, request="tap")
    await threads.open_turn(question("t2", "and now?"))
    again = await threads.reopen_turn(*place, drop_answer=True, request="tap")
    assert again.state is TurnState.RESUMED


async def test_a_reply_that_was_sent_stands_and_the_next_one_is_new(
    deliveries: Deliveries,
) -> None:
    first = deliveries.replies_to(UpdateId(1)).receipt()
    assert await first.begin() is None
    await first.end(HELLO)
    again = deliveries.replies_to(UpdateId(1))
    with capture_logs() as logs:
        found = [await again.receipt().begin() for _ in range(2)]
    assert found == [HELLO, None]
    assert _doubts(logs) == []


async def test_a_reply_that_may_have_been_sent_is_counted(deliveries: Deliveries) -> None:
    await deliveries.replies_to(UpdateId(1)).receipt().begin()
    with capture_logs() as logs:
        assert await deliveries.replies_to(UpdateId(1)).receipt().begin() is None
    assert _doubts(logs) == ["restart"]


def _doubts(logs: Sequence[Mapping[str, object]]) -> list[object]:
    return [one["why"] for one in logs if one["event"] == "delivery.ambiguous_send"]


def _restarts() -> float:
    AMBIGUOUS_SENDS.labels("restart")
    return REGISTRY.get_sample_value("luka_ambiguous_sends_total", {"why": "restart"}) or 0.0
