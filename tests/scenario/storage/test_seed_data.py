"""What earlier versions wrote is read, and goes on living."""

import json

from redis.asyncio import Redis

from luka_bot.models.message import MessageState, Role
from luka_bot.models.thread import ThreadKind
from luka_bot.services.thread_service import ThreadService
from tests.scenario.storage.talk import ANN, done, question, said, words

OLD_ID = "0a" * 16
DAY = 24 * 3600


async def old_thread(redis: Redis, **fields: str) -> None:
    """As the seed wrote it: its eight fields, a naive stamp, bare history items."""
    thread = {
        "thread_id": OLD_ID,
        "user_id": str(ANN),
        "name": "Main Chat",
        "created_at": "2025-10-04T08:45:00.123456",
        "updated_at": "2025-10-04T08:45:00",
        "message_count": "2",
        "is_active": "True",
        "process_instance_id": "",
    }
    history = [{"role": "user", "content": "Hi!"}, {"role": "assistant", "content": "Hello!"}]
    for field, text in {**thread, **fields}.items():
        await redis.hset(f"thread:{OLD_ID}", field, text)
    await redis.sadd(f"user_threads:{ANN}", OLD_ID)
    await redis.set(f"user_active_thread:{ANN}", OLD_ID)
    await redis.rpush(f"thread_history:{OLD_ID}", *map(json.dumps, history))
    for key in (f"thread:{OLD_ID}", f"user_threads:{ANN}", f"user_active_thread:{ANN}"):
        await redis.expire(key, 30 * DAY)
    await redis.expire(f"thread_history:{OLD_ID}", 7 * DAY)


async def test_an_old_thread_goes_on(threads: ThreadService, redis: Redis) -> None:
    await old_thread(redis)
    turn = await said(threads, "t1", "again")
    assert words(turn.history) == ["Hi!", "Hello!"]
    assert (turn.question.seq, turn.thread.kind) == (3, ThreadKind.DM)
    thread = await threads.get_active_thread(ANN)
    assert (thread.message_count, thread.created_at.isoformat()) == (
        4,
        "2025-10-04T08:45:00.123456+00:00",
    )
    history = await threads.history(ANN, thread.thread_id)
    assert (history[0].role, history[0].state) == (Role.USER, MessageState.DONE)


async def test_seconds_since_the_epoch_are_a_time_as_well(
    threads: ThreadService, redis: Redis
) -> None:
    await old_thread(redis, created_at="1759567500.5", updated_at="1759567500")
    newer = await threads.create_thread(ANN)
    page = await threads.list_threads(ANN)
    assert [thread.thread_id for thread in page.threads] == [newer.thread_id, OLD_ID]
    assert page.threads[1].created_at.isoformat() == "2025-10-04T08:45:00.500000+00:00"


async def test_what_was_said_before_threads_moves_into_the_main_chat_once(
    threads: ThreadService, redis: Redis
) -> None:
    old = [{"role": "user", "content": "Hi!"}, {"role": "assistant", "content": "Hello!"}]
    await redis.rpush(f"llm_history:{ANN}", *map(json.dumps, old))
    turn = await threads.open_turn(question("t1", "again"))
    assert words(turn.history) == ["Hi!", "Hello!"]
    assert (turn.thread.name, turn.thread.message_count) == ("Main Chat", 3)
    assert not turn.history_expired
    assert not await redis.exists(f"llm_history:{ANN}")
    assert await redis.ttl(f"thread_history:{turn.thread.thread_id}") > 7 * DAY - 60


async def test_one_unreadable_item_silences_no_thread(threads: ThreadService, redis: Redis) -> None:
    await old_thread(redis)
    await redis.rpush(f"thread_history:{OLD_ID}", "{broken", '{"role":"oracle","content":"?"}', "7")
    turn = await threads.open_turn(question("t1"))
    assert words(turn.history) == ["Hi!", "Hello!"]
    assert await threads.commit_turn(turn, done("fine"))


async def test_fields_of_a_later_version_survive_a_turn(
    threads: ThreadService, redis: Redis
) -> None:
    await old_thread(redis, colour="green", process_instance_id="p-1")
    item = '{"role":"user","content":"x","id":"t0","state":"failed","weight":1.123456789012345678}'
    await redis.rpush(f"thread_history:{OLD_ID}", item)
    turn = await threads.open_turn(question("t0", "x"))
    await threads.commit_turn(turn, done("X"))
    fields = await redis.hgetall(f"thread:{OLD_ID}")
    assert (fields["colour"], fields["process_instance_id"]) == ("green", "p-1")
    kept = await redis.lindex(f"thread_history:{OLD_ID}", 2)
    assert kept == item.replace("failed", "done")
