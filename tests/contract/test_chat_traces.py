"""What stays of words that were taken back, of people who were forgotten, and for how long."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from luka_bot.models.conversation import MessageType, Work, WorkKind
from luka_bot.models.conversation_errors import QueueFullError
from luka_bot.models.ids import ChatId, MessageId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import Door, human
from luka_bot.storage import keys
from luka_bot.storage.chat.contract import ChatLimits, Opening
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.threads import ThreadStore
from tests.contract.chat_storages import ANNA, BORIS, GROUP, Told, person, persona
from tests.redis_fixtures import HandClock

DAY = 24 * 3600
BORIS_LONG = UserId(987654321)


async def dump(redis: Redis) -> str:
    found = [key async for key in redis.scan_iter()]
    return "\n".join(found + [str(await redis.dump(key)) for key in found])


async def test_who_left_before_is_forgotten_with_the_answers_they_got(
    told: Told, redis: Redis
) -> None:
    talk = await told.conversation(person(ANNA), person(BORIS_LONG, Door.DM), persona("luka"))
    key, who = talk.conversation_id, person(BORIS_LONG).id
    await told.say(talk, "hers")
    asked = await told.say(talk, "how old am I", BORIS_LONG)
    work = Work(WorkKind.AGENT, asked.message.sequence_id, "luka")
    await told.say(
        talk, "ninety-nine", message_id="a2.luka", sender_id=persona("luka").id, ends=work
    )
    left = await told.chat.leave(key, who, who, told.clock())
    assert left.message is not None
    assert str(BORIS_LONG) in left.message.content
    await told.chat.redact(key, 2, who)

    assert await told.chat.forget(BORIS_LONG) == ()

    page = await told.chat.get_conversation_messages(key, 0)
    assert [(one.sequence_id, one.content) for one in page.messages] == [
        (1, "hers"),
        (2, ""),
        (3, ""),
        (4, ""),
    ]
    assert str(BORIS_LONG) not in repr(page)
    if await redis.exists(keys.conv(key)):
        assert str(BORIS_LONG) not in await dump(redis)


async def test_what_is_brought_while_it_is_taken_back_goes_again(told: Told) -> None:
    talk = await told.conversation(person(ANNA), person(BORIS, Door.DM), agents=())
    key = talk.conversation_id
    await told.say(talk, "oh")
    await told.chat.redact(key, 1, person(ANNA).id)
    assert await told.chat.outstanding(key) == ()

    await told.chat.posted(key, 1, ChatId(BORIS), [MessageId(5)])

    assert await told.chat.outstanding(key) == (Work(WorkKind.ERASE, 1, str(BORIS)),)


async def test_a_full_queue_takes_answers_and_no_system_message(told: Told) -> None:
    talk = await told.conversation(person(ANNA), person(BORIS, Door.DM), persona("luka"))
    tight = ChatLimits(queue_size=2)
    await told.say(talk, "full", limits=tight)
    with pytest.raises(QueueFullError):
        await told.say(talk, "{}", limits=tight, message_type=MessageType.SYSTEM)

    answer = await told.answer_to(talk, "42", Work(WorkKind.AGENT, 1, "luka"))

    assert answer.depth == 2


async def test_a_group_that_moved_gets_what_it_is_owed(told: Told) -> None:
    after = ChatId(-1009)
    talk = await told.conversation(agents=())
    key = talk.conversation_id
    await told.chat.bind(GROUP, None, key)
    await told.say(talk, "hello")
    await told.chat.posted(key, 1, GROUP, [MessageId(3)])

    await told.chat.move_chat(GROUP, after)

    assert await told.chat.bound(after, None) == key
    assert await told.chat.bound(GROUP, None) is None
    assert await told.chat.outstanding(key) == (Work(WorkKind.POST, 1, str(after)),)
    assert await told.chat.post_at(GROUP, MessageId(3)) is None


async def test_a_conversation_opened_anew_knows_no_earlier_ids(told: Told) -> None:
    thread = await told.thread()
    for epoch in ("e1", "e2"):
        await told.chat.open_conversation(Opening(thread, (person(ANNA),), epoch))
        said = await told.say(thread.thread_id, "hello")
        assert not said.duplicate
        await told.chat.close_conversation(thread.thread_id)


async def test_what_leads_to_a_living_conversation_lives_with_it(told: Told, redis: Redis) -> None:
    talk = await told.conversation(person(ANNA), person(BORIS))
    key = talk.conversation_id
    await told.chat.bind(GROUP, None, key)
    await told.say(talk, "first")
    if not await redis.exists(keys.conv(key)):
        return  # in memory nothing ends by itself
    ways = (
        keys.user_convs(person(BORIS).id),
        keys.chat_thread(f"{GROUP}:"),
        keys.chat_topics(GROUP),
    )
    for way in ways:
        await redis.expire(way, 100)
    told.clock.forward(2 * DAY)
    await told.say(talk, "later")
    for way in ways:
        assert await redis.ttl(way) > 29 * DAY, way
    assert await redis.ttl(keys.conv_log(key)) <= 7 * DAY


async def test_history_bears_the_conversations_numbers(told: Told, redis: Redis) -> None:
    threads: ThreadStore = told.threads
    thread = await told.thread()
    key = thread.thread_id
    before = [
        Message(Role.USER, "old question", id="u1", seq=3, sender_id=ANNA),
        Message(Role.ASSISTANT, "old answer", id="u1", seq=4),
    ]
    await threads.append_history(key, list(enumerate(before, 1)), told.clock())
    await threads.mark_conversation(key)
    more = replace(before[0], content="new", id="c3", seq=3)
    assert await threads.append_history(key, [(3, more)], told.clock()) == 3
    assert await threads.append_history(key, [(3, more)], told.clock()) == 3

    await threads.remove_from_history(key, 1)

    kept = await threads.history(ANNA, key, 10)
    assert [one.content for one in kept] == ["old answer", "new"]
    await threads.remove_from_history(key, 3)
    assert "new" not in str(await redis.lrange(keys.thread_history(key), 0, -1))


async def test_words_taken_back_on_their_way_into_history_stay_out(
    storage: Storage, clock: HandClock, redis: Redis
) -> None:
    chat = RedisChatStorage(storage, clock)
    told = Told(chat, ThreadStore(storage), clock, lambda: chat)
    talk = await told.conversation(agents=())
    key = talk.conversation_id
    await told.say(talk, "secret")
    heard = Message(Role.USER, "secret", id="c1", seq=1, sender_id=ANNA)

    await chat.redact(key, 1, human(ANNA))

    assert await told.threads.append_history(key, [(1, heard)], clock()) == 1
    assert await redis.lrange(keys.thread_history(key), 0, -1) == []
