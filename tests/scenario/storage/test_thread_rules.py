"""The rules of threads that an earlier bot broke, on a real server."""

import asyncio

import pytest
from redis.asyncio import Redis

from luka_bot.models.errors import NotYours, ThreadGone, TooManyThreads
from luka_bot.models.ids import ThreadId
from luka_bot.models.thread import THREADS_LIMIT
from luka_bot.services.thread_service import ThreadService
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, BOB, done, question, said, words


async def test_a_late_answer_undoes_no_rename(threads: ThreadService) -> None:
    turn = await threads.open_turn(question("t1"))
    await threads.rename_thread(ANN, turn.thread.thread_id, "Holidays")
    await threads.commit_turn(turn, done("yes"))
    assert (await threads.get_active_thread(ANN)).name == "Holidays"


async def test_a_late_answer_revives_no_deleted_thread(
    threads: ThreadService, redis: Redis
) -> None:
    turn = await threads.open_turn(question("t1"))
    await threads.delete_thread(ANN, turn.thread.thread_id)
    assert not await threads.commit_turn(turn, done("too late"))
    assert (await threads.list_threads(ANN)).total == 0
    assert not await redis.exists(f"thread:{turn.thread.thread_id}")
    assert not await redis.exists(f"thread_history:{turn.thread.thread_id}")


async def test_twenty_turns_at_once_count_forty_messages(threads: ThreadService) -> None:
    await threads.get_active_thread(ANN)
    await asyncio.gather(*(said(threads, f"t{n}") for n in range(20)))
    thread = await threads.get_active_thread(ANN)
    assert thread.message_count == 40
    assert len(await threads.history(ANN, thread.thread_id)) == 40


async def test_fifty_first_messages_at_once_make_one_main_chat(threads: ThreadService) -> None:
    turns = await asyncio.gather(*(threads.open_turn(question(f"t{n}")) for n in range(50)))
    page = await threads.list_threads(ANN)
    assert [thread.name for thread in page.threads] == ["Main Chat"]
    assert page.threads[0].message_count == 50
    assert sum(turn.thread_created for turn in turns) == 1


async def test_new_chats_are_numbered_above_the_highest_in_use(
    threads: ThreadService, clock: HandClock
) -> None:
    await threads.get_active_thread(ANN)
    second = await threads.create_thread(ANN)
    clock.forward(60)
    third = await threads.create_thread(ANN)
    await threads.delete_thread(ANN, second.thread_id)
    clock.forward(60)
    fourth = await threads.create_thread(ANN)
    assert [second.name, third.name, fourth.name] == ["Chat 2", "Chat 3", "Chat 4"]


async def test_the_first_thread_of_all_is_the_main_chat(threads: ThreadService) -> None:
    assert (await threads.create_thread(ANN)).name == "Main Chat"
    assert (await threads.create_thread(ANN, "Work")).name == "Work"
    assert (await threads.create_thread(ANN)).name == "Chat 3"


async def test_deleting_takes_hash_index_history_and_pointer_together(
    threads: ThreadService, redis: Redis
) -> None:
    turn = await said(threads, "t1")
    thread_id = turn.thread.thread_id
    deleted = await threads.delete_thread(ANN, thread_id)
    assert deleted.thread.message_count == 2
    assert deleted.active is None
    left = {key.partition(":")[0] async for key in redis.scan_iter()}
    assert left == {"trash", "trash_history", "turn"}
    with pytest.raises(ThreadGone):
        await threads.get_thread(ANN, thread_id)


async def test_the_newest_of_the_others_becomes_active(
    threads: ThreadService, clock: HandClock
) -> None:
    made = []
    for name in ("oldest", "newest", "doomed"):
        clock.forward(60)
        made.append(await threads.create_thread(ANN, name))
    deleted = await threads.delete_thread(ANN, made[2].thread_id)
    assert deleted.active is not None
    assert (deleted.active.name, deleted.active.is_active) == ("newest", True)
    assert (await threads.list_threads(ANN)).active_id == made[1].thread_id


async def test_deleting_another_thread_leaves_the_active_one(threads: ThreadService) -> None:
    first = await threads.create_thread(ANN, "first")
    second = await threads.create_thread(ANN, "second")
    deleted = await threads.delete_thread(ANN, first.thread_id)
    assert deleted.active is not None
    assert deleted.active.thread_id == second.thread_id


async def test_undo_brings_a_thread_back_whole_and_active(
    threads: ThreadService, redis: Redis
) -> None:
    turn = await said(threads, "t1", "hello")
    other = await threads.create_thread(ANN, "other")
    thread_id = turn.thread.thread_id
    await threads.delete_thread(ANN, thread_id)
    assert 595 <= await redis.ttl(f"trash:{thread_id}") <= 600
    assert 595 <= await redis.ttl(f"trash_history:{thread_id}") <= 600
    restored = await threads.restore_thread(ANN, thread_id)
    assert (restored.name, restored.message_count, restored.is_active) == ("Main Chat", 2, True)
    assert words(await threads.history(ANN, thread_id)) == ["hello", "HELLO"]
    assert not (await threads.get_thread(ANN, other.thread_id)).is_active


async def test_undo_twice_is_harmless(threads: ThreadService) -> None:
    thread = await threads.create_thread(ANN, "kept")
    await threads.delete_thread(ANN, thread.thread_id)
    await threads.restore_thread(ANN, thread.thread_id)
    assert (await threads.restore_thread(ANN, thread.thread_id)).name == "kept"
    assert (await threads.list_threads(ANN)).total == 1


async def test_after_its_ten_minutes_a_thread_is_gone(threads: ThreadService, redis: Redis) -> None:
    thread = await threads.create_thread(ANN)
    await threads.delete_thread(ANN, thread.thread_id)
    await redis.delete(f"trash:{thread.thread_id}")
    with pytest.raises(ThreadGone):
        await threads.restore_thread(ANN, thread.thread_id)


async def test_a_list_pages_newest_first_and_prunes_the_expired(
    threads: ThreadService, clock: HandClock, redis: Redis
) -> None:
    for number in range(4):
        clock.forward(60)
        await threads.create_thread(ANN, f"n{number}")
    expired = await threads.create_thread(ANN, "n4")
    await redis.delete(f"thread:{expired.thread_id}")
    page = await threads.list_threads(ANN, offset=2, limit=2)
    assert ([thread.name for thread in page.threads], page.total) == (["n1", "n0"], 4)
    assert await redis.scard(f"user_threads:{ANN}") == 4
    behind = await threads.list_threads(ANN, offset=50, limit=3)
    assert ([thread.name for thread in behind.threads], behind.offset) == (["n0"], 3)


async def test_an_empty_list_is_empty_and_makes_nothing(
    threads: ThreadService, redis: Redis
) -> None:
    page = await threads.list_threads(ANN)
    assert (page.threads, page.total, page.offset, page.active_id) == ((), 0, 0, None)
    assert await redis.dbsize() == 0


async def test_two_hundred_threads_are_enough_for_anybody(threads: ThreadService) -> None:
    made = [await threads.create_thread(ANN, f"n{number}") for number in range(THREADS_LIMIT)]
    with pytest.raises(TooManyThreads):
        await threads.create_thread(ANN)
    await threads.delete_thread(ANN, made[0].thread_id)
    await threads.create_thread(ANN)
    with pytest.raises(TooManyThreads):
        await threads.restore_thread(ANN, made[0].thread_id)


async def test_a_strangers_id_is_a_claim_and_no_proof(threads: ThreadService) -> None:
    thread_id = (await said(threads, "t1", "secret")).thread.thread_id
    attempts = (
        threads.get_thread(BOB, thread_id),
        threads.set_active_thread(BOB, thread_id),
        threads.rename_thread(BOB, thread_id, "mine"),
        threads.configure_thread(BOB, thread_id, model="big"),
        threads.clear_history(BOB, thread_id),
        threads.touch(BOB, thread_id),
        threads.history(BOB, thread_id),
        threads.delete_thread(BOB, thread_id),
        threads.open_turn(question("t2", user=BOB, thread=thread_id)),
    )
    for attempt in attempts:
        with pytest.raises(NotYours):
            await attempt
    assert words(await threads.history(ANN, thread_id)) == ["secret", "SECRET"]


async def test_a_stranger_restores_nothing(threads: ThreadService) -> None:
    thread = await threads.create_thread(ANN)
    await threads.delete_thread(ANN, thread.thread_id)
    with pytest.raises(NotYours):
        await threads.restore_thread(BOB, thread.thread_id)


async def test_who_joined_a_thread_reads_and_asks_but_doesnt_delete(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await said(threads, "t1", "hello")).thread.thread_id
    await redis.sadd(f"user_threads:{BOB}", thread_id)
    await said(threads, "t2", "me too", BOB, thread_id)
    assert len(await threads.history(BOB, thread_id)) == 4
    for attempt in (
        threads.delete_thread(BOB, thread_id),
        threads.rename_thread(BOB, thread_id, "mine"),
        threads.clear_history(BOB, thread_id),
    ):
        with pytest.raises(NotYours):
            await attempt


async def test_a_thread_that_never_was_is_gone(threads: ThreadService) -> None:
    with pytest.raises(ThreadGone):
        await threads.get_thread(ANN, ThreadId("f" * 32))
