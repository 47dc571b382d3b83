"""A turn: the question stored before the model is asked, the answer put behind it."""

import asyncio
import json

import pytest
from redis.asyncio import Redis

from luka_bot.models.errors import ThreadGone
from luka_bot.models.message import MessageState, Role
from luka_bot.models.turn import Answer, TurnState
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.scripts import HISTORY_BYTES, HISTORY_ITEMS
from tests.redis_fixtures import START
from tests.scenario.storage.talk import ANN, done, question, said, words


async def test_the_question_is_kept_before_anybody_answers(threads: ThreadService) -> None:
    turn = await threads.open_turn(question("t1", "Why?"))
    assert (turn.state, turn.thread_created, turn.history) == (TurnState.NEW, True, ())
    kept = (await threads.history(ANN, turn.thread.thread_id))[0]
    assert kept == turn.question
    assert (kept.role, kept.state, kept.seq, kept.sender_id) == (
        Role.USER,
        MessageState.PENDING,
        1,
        ANN,
    )


async def test_an_answer_stands_behind_its_own_question(threads: ThreadService) -> None:
    first = await threads.open_turn(question("t1", "one"))
    second = await threads.open_turn(question("t2", "two"))
    await threads.commit_turn(first, done("ONE"))
    await threads.commit_turn(second, done("TWO"))
    history = await threads.history(ANN, first.thread.thread_id)
    assert words(history) == ["one", "ONE", "two", "TWO"]
    assert [message.seq for message in history] == [1, 2, 3, 4]
    assert {message.state for message in history} == {MessageState.DONE}


async def test_history_is_what_was_said_before_and_the_last_of_it(threads: ThreadService) -> None:
    for number in range(3):
        await said(threads, f"t{number}", f"q{number}")
    turn = await threads.open_turn(question("t9", "now"), limit=3)
    assert words(turn.history) == ["Q1", "q2", "Q2"]


async def test_threads_dont_hear_each_other(threads: ThreadService) -> None:
    made = [await threads.create_thread(ANN, name) for name in ("a", "b", "c")]
    for number, thread in enumerate(made):
        await said(threads, f"t{number}", f"q{number}", thread=thread.thread_id)
    for number, thread in enumerate(made):
        heard = words(await threads.history(ANN, thread.thread_id))
        assert heard == [f"q{number}", f"Q{number}"]


async def test_opening_twice_stores_and_counts_once(threads: ThreadService) -> None:
    await threads.open_turn(question("t1", "Why?"))
    again = await threads.open_turn(question("t1", "Why?"))
    assert (again.state, again.thread.message_count) == (TurnState.RESUMED, 1)
    assert words(await threads.history(ANN, again.thread.thread_id)) == ["Why?"]


async def test_an_answered_turn_comes_back_with_its_answer(threads: ThreadService) -> None:
    await said(threads, "t1", "one")
    await said(threads, "t2", "two")
    again = await threads.open_turn(question("t1", "one"))
    assert again.state is TurnState.ANSWERED
    assert again.answer is not None
    assert (again.answer.content, again.history) == ("ONE", ())


async def test_a_second_run_stays_in_its_thread_though_another_is_active_by_now(
    threads: ThreadService,
) -> None:
    first = await threads.open_turn(question("t1", "here"))
    elsewhere = await threads.create_thread(ANN)
    again = await threads.open_turn(question("t1", "here"))
    assert again.state is TurnState.RESUMED
    assert again.thread.thread_id == first.thread.thread_id
    assert await threads.history(ANN, elsewhere.thread_id) == ()


async def test_a_second_run_in_a_deleted_thread_is_refused(threads: ThreadService) -> None:
    first = await threads.open_turn(question("t1"))
    await threads.create_thread(ANN)
    await threads.delete_thread(ANN, first.thread.thread_id)
    with pytest.raises(ThreadGone):
        await threads.open_turn(question("t1"))


async def test_committing_twice_doubles_nothing(threads: ThreadService) -> None:
    turn = await threads.open_turn(question("t1", "one"))
    for _ in range(2):
        assert await threads.commit_turn(turn, done("ONE"))
    thread = await threads.get_active_thread(ANN)
    assert thread.message_count == 2
    assert words(await threads.history(ANN, thread.thread_id)) == ["one", "ONE"]


async def test_an_answer_to_a_cleared_question_changes_nothing(
    threads: ThreadService, redis: Redis
) -> None:
    turn = await threads.open_turn(question("t1"))
    await threads.clear_history(ANN, turn.thread.thread_id)
    assert not await threads.commit_turn(turn, done("late"))
    assert not await redis.exists(f"thread_history:{turn.thread.thread_id}")
    assert (await threads.get_active_thread(ANN)).message_count == 0


async def test_a_stopped_answer_is_kept_as_far_as_it_came(threads: ThreadService) -> None:
    turn = await threads.open_turn(question("t1"))
    await threads.commit_turn(turn, Answer("Half of", MessageState.STOPPED, START + 2))
    history = await threads.history(ANN, turn.thread.thread_id)
    assert [(item.content, item.state) for item in history] == [
        ("?", MessageState.STOPPED),
        ("Half of", MessageState.STOPPED),
    ]


async def test_an_expired_history_is_told_once(threads: ThreadService, redis: Redis) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    await redis.delete(f"thread_history:{thread_id}")
    first = await threads.open_turn(question("t2"))
    again = await threads.open_turn(question("t2"))
    second = await threads.open_turn(question("t3"))
    told = [turn.history_expired for turn in (first, again, second)]
    assert told == [True, True, False]
    assert first.question.seq > 2


async def test_that_older_messages_dont_fit_is_told_once(threads: ThreadService) -> None:
    turn = await threads.open_turn(question("t1"))
    assert not turn.trimming_told
    await threads.commit_turn(turn, Answer("yes", MessageState.DONE, START, trimmed=True))
    assert (await threads.open_turn(question("t2"))).trimming_told


async def test_a_long_history_loses_its_oldest_pairs_whole(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await threads.get_active_thread(ANN)).thread_id
    items = [
        json.dumps({"role": role, "content": f"{role}{number}"})
        for number in range(HISTORY_ITEMS // 2 + 5)
        for role in ("user", "assistant")
    ]
    await redis.rpush(f"thread_history:{thread_id}", *items)
    await said(threads, "t1", "last")
    kept = await threads.history(ANN, thread_id)
    assert len(kept) == HISTORY_ITEMS
    assert kept[0].content == "user6"
    assert words(kept)[-2:] == ["last", "LAST"]


async def test_a_heavy_history_is_trimmed_but_never_the_last_pair(threads: ThreadService) -> None:
    big = "x" * (HISTORY_BYTES // 3)
    for number in range(3):
        await said(threads, f"t{number}", big)
    kept = await threads.history(ANN, (await threads.get_active_thread(ANN)).thread_id)
    assert [item.id for item in kept] == ["t2", "t2"]
    await said(threads, "huge", "x" * HISTORY_BYTES)
    kept = await threads.history(ANN, (await threads.get_active_thread(ANN)).thread_id)
    assert [item.id for item in kept] == ["huge", "huge"]


async def test_a_waiting_question_isnt_trimmed(threads: ThreadService) -> None:
    waiting = await threads.open_turn(question("t1", "wait"))
    for number in range(3):
        await said(threads, f"u{number}", "x" * (HISTORY_BYTES // 2))
    assert await threads.commit_turn(waiting, done("at last"))


async def test_a_question_that_waits_for_ever_stops_no_trimming(threads: ThreadService) -> None:
    waiting = await threads.open_turn(question("t0", "wait"))
    for number in range(HISTORY_ITEMS // 2 + 10):
        await said(threads, f"u{number}", f"q{number}")
    kept = await threads.history(ANN, waiting.thread.thread_id)
    assert len(kept) == HISTORY_ITEMS
    assert words(kept)[:2] == ["q10", "Q10"]
    assert not await threads.commit_turn(waiting, done("too late"))


async def test_fifty_people_at_once_hear_only_themselves(threads: ThreadService) -> None:
    people = [type(ANN)(number) for number in range(1, 51)]
    await asyncio.gather(
        *(said(threads, f"t{uid}-{n}", f"q{uid}", uid) for uid in people for n in range(3))
    )
    for uid in people:
        thread = await threads.get_active_thread(uid)
        heard = set(words(await threads.history(uid, thread.thread_id)))
        assert heard == {f"q{uid}", f"Q{uid}"}
        assert thread.message_count == 6
