"""Retry and Regenerate: the same question once more."""

import pytest
from redis.asyncio import Redis

from luka_bot.models.errors import NotLastTurn, ThreadGone, TurnGone
from luka_bot.models.ids import TurnId
from luka_bot.models.message import MessageState
from luka_bot.models.turn import TurnState
from luka_bot.services.thread_service import ThreadService
from tests.scenario.storage.talk import ANN, done, failed, question, said, words


async def test_a_failed_turn_keeps_its_question_and_can_be_asked_again(
    threads: ThreadService,
) -> None:
    turn = await threads.open_turn(question("t1", "one"))
    await threads.commit_turn(turn, failed())
    thread_id = turn.thread.thread_id
    assert [item.state for item in await threads.history(ANN, thread_id)] == [MessageState.FAILED]
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=False)
    assert (again.state, again.question.state) == (TurnState.RESUMED, MessageState.PENDING)
    await threads.commit_turn(again, done("ONE"))
    assert words(await threads.history(ANN, thread_id)) == ["one", "ONE"]
    assert (await threads.get_active_thread(ANN)).message_count == 2


async def test_retrying_what_was_answered_after_all_gives_that_answer(
    threads: ThreadService,
) -> None:
    turn = await said(threads, "t1", "one")
    again = await threads.reopen_turn(ANN, turn.thread.thread_id, TurnId("t1"), drop_answer=False)
    assert again.state is TurnState.ANSWERED
    assert again.answer is not None
    assert again.answer.content == "ONE"


async def test_an_old_failure_can_be_retried_in_its_place(threads: ThreadService) -> None:
    first = await threads.open_turn(question("t1", "one"))
    await threads.commit_turn(first, failed("ON"))
    await said(threads, "t2", "two")
    thread_id = first.thread.thread_id
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=False)
    assert again.history == ()
    await threads.commit_turn(again, done("ONE"))
    assert words(await threads.history(ANN, thread_id)) == ["one", "ONE", "two", "TWO"]


async def test_a_new_answer_takes_the_old_ones_place_only_when_it_is_there(
    threads: ThreadService,
) -> None:
    thread_id = (await said(threads, "t1", "one")).thread.thread_id
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=True)
    assert (again.state, again.history) == (TurnState.RESUMED, ())
    assert words(await threads.history(ANN, thread_id)) == ["one", "ONE"]
    await threads.commit_turn(again, done("Eins"))
    assert words(await threads.history(ANN, thread_id)) == ["one", "Eins"]
    assert (await threads.get_active_thread(ANN)).message_count == 2


async def test_a_failed_new_answer_leaves_the_old_one(threads: ThreadService) -> None:
    thread_id = (await said(threads, "t1", "one")).thread.thread_id
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=True)
    await threads.commit_turn(again, failed())
    history = await threads.history(ANN, thread_id)
    assert words(history) == ["one", "ONE"]
    assert {item.state for item in history} == {MessageState.DONE}


async def test_that_history_expired_is_told_by_the_retry_as_well(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    await redis.delete(f"thread_history:{thread_id}")
    await threads.commit_turn(await threads.open_turn(question("t2")), failed())
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t2"), drop_answer=False)
    assert again.history_expired
    await threads.commit_turn(again, done("yes"))
    answered = await threads.reopen_turn(ANN, thread_id, TurnId("t2"), drop_answer=False)
    assert not answered.history_expired


async def test_only_the_last_answer_is_written_anew(threads: ThreadService) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    await threads.open_turn(question("t2"))
    with pytest.raises(NotLastTurn):
        await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=True)


async def test_a_question_whose_thread_was_deleted_and_restored_can_be_asked_again(
    threads: ThreadService,
) -> None:
    await said(threads, "t1", "one")
    turn = await threads.open_turn(question("t2", "two"))
    thread_id = turn.thread.thread_id
    await threads.delete_thread(ANN, thread_id)
    assert not await threads.commit_turn(turn, done("TOO LATE"))
    with pytest.raises(ThreadGone):
        await threads.reopen_turn(ANN, thread_id, TurnId("t2"), drop_answer=False)

    restored = await threads.restore_thread(ANN, thread_id)
    assert restored.message_count == 3
    assert words(await threads.history(ANN, thread_id)) == ["one", "ONE", "two"]
    again = await threads.reopen_turn(ANN, thread_id, TurnId("t2"), drop_answer=False)
    assert (again.state, words(again.history)) == (TurnState.RESUMED, ["one", "ONE"])
    assert await threads.commit_turn(again, done("TWO"))
    assert words(await threads.history(ANN, thread_id)) == ["one", "ONE", "two", "TWO"]


async def test_a_turn_that_was_cleared_cant_be_asked_again(threads: ThreadService) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    await threads.clear_history(ANN, thread_id)
    with pytest.raises(TurnGone):
        await threads.reopen_turn(ANN, thread_id, TurnId("t1"), drop_answer=True)
