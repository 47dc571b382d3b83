"""Fields and lifetimes of threads, as they stand in Redis."""

from redis.asyncio import Redis

from luka_bot.models.ids import ChatId, MessageId, ThreadId
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.client import Storage
from luka_bot.storage.deliveries import Deliveries
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, BOB, question, said, words

DAY = 24 * 3600
SEED_FIELDS = {
    "thread_id",
    "user_id",
    "name",
    "created_at",
    "updated_at",
    "message_count",
    "is_active",
    "process_instance_id",
}


async def test_keys_types_and_lifetimes_are_the_seeds(threads: ThreadService, redis: Redis) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    wanted = {
        f"thread:{thread_id}": ("hash", 30),
        f"user_threads:{ANN}": ("set", 30),
        f"user_active_thread:{ANN}": ("string", 30),
        f"thread_history:{thread_id}": ("list", 7),
    }
    for key, (kind, days) in wanted.items():
        assert await redis.type(key) == kind
        assert days * DAY - 60 < await redis.ttl(key) <= days * DAY
    assert set(await redis.hgetall(f"thread:{thread_id}")) >= SEED_FIELDS
    assert await redis.smembers(f"user_threads:{ANN}") == {thread_id}
    assert await redis.get(f"user_active_thread:{ANN}") == thread_id


async def test_a_turn_gives_a_thread_thirty_days_again(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    names = (f"thread:{thread_id}", f"user_threads:{ANN}", f"user_active_thread:{ANN}")
    for key in (*names, f"thread_history:{thread_id}"):
        await redis.expire(key, 100)
    await said(threads, "t2")
    for key in names:
        assert await redis.ttl(key) > 30 * DAY - 60
    assert await redis.ttl(f"thread_history:{thread_id}") > 7 * DAY - 60


async def test_switching_keeps_a_thread_but_not_its_history(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await said(threads, "t1")).thread.thread_id
    await threads.create_thread(ANN)
    await redis.expire(f"thread:{thread_id}", 100)
    await redis.expire(f"thread_history:{thread_id}", 100)
    switched = await threads.set_active_thread(ANN, thread_id)
    assert switched.is_active
    assert await redis.ttl(f"thread:{thread_id}") > 30 * DAY - 60
    assert await redis.ttl(f"thread_history:{thread_id}") <= 100


async def test_one_thread_is_marked_active(threads: ThreadService) -> None:
    first = await threads.create_thread(ANN)
    await threads.create_thread(ANN)
    await threads.create_thread(BOB)
    await threads.set_active_thread(ANN, first.thread_id)
    page = await threads.list_threads(ANN)
    assert [thread.thread_id for thread in page.threads if thread.is_active] == [first.thread_id]
    assert page.active_id == first.thread_id


async def test_settings_are_written_one_by_one(threads: ThreadService) -> None:
    thread_id = (await threads.create_thread(ANN)).thread_id
    await threads.configure_thread(ANN, thread_id, model="qwen3")
    await threads.configure_thread(ANN, thread_id, system_prompt="Be brief.")
    thread = await threads.rename_thread(ANN, thread_id, "  Own\nname ")
    assert (thread.model, thread.system_prompt, thread.name) == ("qwen3", "Be brief.", "Own name")
    assert (await threads.configure_thread(ANN, thread_id, model="")).model == ""


async def test_an_older_summary_never_replaces_a_newer_one(
    threads: ThreadService, redis: Redis
) -> None:
    thread_id = (await threads.create_thread(ANN)).thread_id
    assert await threads.set_summary(thread_id, "all so far", 8)
    assert not await threads.set_summary(thread_id, "less", 6)
    thread = await threads.get_thread(ANN, thread_id)
    assert (thread.summary, thread.summary_upto) == ("all so far", 8)
    assert not await threads.set_summary(ThreadId("e" * 32), "nobody's", 2)
    assert not await redis.exists("thread:" + "e" * 32)


async def test_a_summary_of_what_was_cleared_comes_too_late(threads: ThreadService) -> None:
    thread_id = (await said(threads, "t1", "My secret")).thread.thread_id
    await said(threads, "t2", "And more")

    await threads.clear_history(ANN, thread_id)

    assert not await threads.set_summary(thread_id, "their secret", 4)
    assert (await threads.get_thread(ANN, thread_id)).summary == ""
    assert await threads.set_summary(thread_id, "what came after", 6)


async def test_clearing_forgets_what_was_said_and_keeps_the_thread(threads: ThreadService) -> None:
    turn = await said(threads, "t1")
    thread_id = turn.thread.thread_id
    await threads.configure_thread(ANN, thread_id, model="qwen3")
    await threads.set_summary(thread_id, "long ago", 1)
    cleared = await threads.clear_history(ANN, thread_id)
    assert (cleared.message_count, cleared.summary) == (0, "")
    assert (cleared.model, cleared.name) == ("qwen3", "Main Chat")
    assert await threads.history(ANN, thread_id) == ()
    assert not (await threads.open_turn(question("t2"))).history_expired


async def test_clearing_forgets_the_last_message_as_well(
    threads: ThreadService, storage: Storage
) -> None:
    turn = await said(threads, "t1")
    thread_id = turn.thread.thread_id
    await Deliveries(storage).of_turn(turn, ChatId(ANN)).wrote([MessageId(41)], last=True)
    assert (await threads.get_thread(ANN, thread_id)).last_message_id == MessageId(41)
    cleared = await threads.clear_history(ANN, thread_id)
    assert (cleared.chat_id, cleared.last_message_id) == (None, None)
    assert await threads.get_thread(ANN, thread_id) == cleared


async def test_touching_makes_a_thread_the_newest(threads: ThreadService, clock: HandClock) -> None:
    first = await threads.create_thread(ANN, "first")
    clock.forward(5)
    await threads.create_thread(ANN, "second")
    clock.forward(5)
    await threads.touch(ANN, first.thread_id)
    names = [thread.name for thread in (await threads.list_threads(ANN)).threads]
    assert names == ["first", "second"]


async def test_where_an_answer_stands_comes_back_with_its_turn_and_marks_the_threads_last_message(
    threads: ThreadService, storage: Storage, redis: Redis
) -> None:
    turn = await threads.open_turn(question("t1", "hi"))
    delivery = Deliveries(storage).of_turn(turn, ChatId(ANN))
    await delivery.wrote([MessageId(41), MessageId(42)], last=False)
    again = await threads.open_turn(question("t1", "hi"))
    assert again.shown == (41, 42)
    assert again.thread.chat_id == ChatId(ANN)
    assert again.thread.last_message_id == MessageId(42)
    assert 48 * 3600 - 60 < await redis.ttl("turn:t1") <= 48 * 3600


async def test_a_message_alone_revives_no_thread(
    threads: ThreadService, storage: Storage, redis: Redis
) -> None:
    turn = await threads.open_turn(question("t1"))
    gone = turn.thread.thread_id
    await threads.delete_thread(ANN, gone)
    await Deliveries(storage).of_turn(turn, ChatId(1)).wrote([MessageId(7)], last=True)
    assert not await redis.exists(f"thread:{gone}")


async def test_half_a_character_breaks_no_turn(threads: ThreadService) -> None:
    turn = await said(threads, "t1", 'ok \ud83d "id":"t2" \x00')
    assert turn.question.content == 'ok ? "id":"t2" \x00'
    assert words((await threads.open_turn(question("t2"))).history)[0] == turn.question.content
