"""What both stores of conversations promise: what is said, and what is owed."""

import asyncio
from dataclasses import FrozenInstanceError
from itertools import chain

import pytest
from redis.asyncio import Redis

from luka_bot.models.conversation import MessageStatus, Work, WorkKind
from luka_bot.models.conversation_errors import (
    MessageMissing,
    NotInConversation,
    QueueFullError,
)
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, MessageId, ThreadId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import Door, human
from luka_bot.storage.chat.contract import ChatLimits, Opening
from tests.contract.chat_storages import (
    ANNA,
    BORIS,
    GROUP,
    Ear,
    Told,
    person,
    persona,
)


async def test_numbers_are_in_order_and_one_message_is_stored_once(told: Told) -> None:
    conversation = await told.conversation(person(ANNA), person(BORIS))

    first = await told.say(conversation, "one")
    second = await told.say(conversation, "two", BORIS)
    again = [await told.say(conversation, "one") for _ in range(2)]

    assert (first.message.sequence_id, second.message.sequence_id) == (1, 2)
    assert [one.duplicate for one in again] == [True, True]
    assert {one.message for one in again} == {first.message}
    page = await told.chat.get_conversation_messages(conversation.conversation_id, 0)
    assert [one.content for one in page.messages] == ["one", "two"]
    assert page.current_sequence_id == 2
    with pytest.raises(FrozenInstanceError):
        first.message.content = "changed"  # type: ignore[misc] # that it can't be is the point


async def test_ten_people_at_once_get_numbers_without_gap_or_repeat(told: Told) -> None:
    people = [UserId(100 + number) for number in range(10)]
    conversation = await told.conversation(*map(person, people), agents=())

    async def talk(who: UserId) -> list[int]:
        said = [await told.say(conversation, f"{who} {n}", who) for n in range(100)]
        return [one.message.sequence_id for one in said]

    async with told.chat.listening(ear := Ear()):
        numbers = await asyncio.gather(*map(talk, people))
        await told.heard(ear, 1000)

    assert sorted(chain.from_iterable(numbers)) == list(range(1, 1001))
    assert all(mine == sorted(mine) for mine in numbers)
    assert ear.numbers == list(range(1, 1001))


async def test_only_who_takes_part_can_speak(told: Told) -> None:
    conversation = await told.conversation()

    with pytest.raises(NotInConversation):
        await told.say(conversation, "hello", BORIS)
    with pytest.raises(ThreadGone):
        await told.say(ThreadId("0" * 32), "hello")


async def test_what_was_said_before_takes_the_first_numbers(told: Told) -> None:
    thread = await told.thread()
    history = (Message(Role.USER, "Hi"), Message(Role.ASSISTANT, "Hello, Anna"))

    conversation = await told.chat.open_conversation(
        Opening(thread, (person(ANNA), persona("luka")), "e1", history=history)
    )
    opened_again = await told.chat.open_conversation(Opening(thread, (), "e2"))

    assert conversation.current_sequence_id == 2
    assert opened_again.epoch == "e1"
    assert len(opened_again.participants) == 2
    page = await told.chat.last_messages(conversation.conversation_id, 10)
    assert [(one.sender_id, one.content) for one in page.messages] == [
        ("tg:7", "Hi"),
        ("agent:luka", "Hello, Anna"),
    ]


async def test_everybody_elses_chats_and_the_agents_are_owed_a_message(told: Told) -> None:
    conversation = await told.conversation(person(ANNA, Door.DM), person(BORIS, Door.DM))
    known = conversation.conversation_id
    await told.chat.bind(GROUP, None, known)

    said = await told.say(conversation, "hi", origin=ChatId(7), stands=(MessageId(40),))

    assert {work.key for work in await told.chat.outstanding(known)} == {
        "t:1:8",
        f"t:1:{GROUP}",
        "a:1:luka",
    }
    assert said.depth == 3
    assert await told.chat.owing() == (known,)
    assert await told.chat.posts_of(known, 1) == {ChatId(7): (MessageId(40),)}
    found = await told.chat.post_at(ChatId(7), MessageId(40))
    assert found is not None
    assert (found.conversation_id, found.sequence_id) == (known, 1)
    await told.chat.finish(known, await told.chat.outstanding(known))
    assert await told.chat.owing() == ()


async def test_an_answer_ends_its_work_once(told: Told) -> None:
    conversation = await told.conversation(agents=("luka", "chef"))
    await told.say(conversation, "hi")
    mine = Work(WorkKind.AGENT, 1, "luka")

    await told.say(conversation, "skip", asks=False)
    answer = await told.answer_to(conversation, "hello", mine)
    with pytest.raises(MessageMissing):
        await told.answer_to(conversation, "hello again", mine)

    assert answer.message.sequence_id == 3
    left = {work.key for work in await told.chat.outstanding(conversation.conversation_id)}
    assert left == {"a:1:chef", "a:3:chef"}


async def test_a_full_queue_takes_the_oldest_work_from_agents_and_then_refuses(told: Told) -> None:
    conversation = await told.conversation(person(ANNA), person(BORIS, Door.DM))
    known, limits = conversation.conversation_id, ChatLimits(queue_size=4)

    async with told.chat.listening(ear := Ear()):
        for text in ("one", "two"):
            await told.say(conversation, text, limits=limits)
        third = await told.say(conversation, "three", limits=limits)
        await told.heard(ear, 3)
        assert [work.key for work in third.cancelled] == ["a:1:luka", "a:2:luka"]
        assert [one["work"] for one in ear.frames] == ["a:1:luka", "a:2:luka"]
        await told.say(conversation, "four", asks=False, limits=limits)
        with pytest.raises(QueueFullError) as full:
            await told.say(conversation, "five", limits=limits)

    assert (full.value.size, full.value.limit) == (4, 4)
    page = await told.chat.last_messages(known, 10)
    assert [one.content for one in page.messages] == ["one", "two", "three", "four"]
    await told.chat.finish(known, await told.chat.outstanding(known))
    assert (await told.say(conversation, "five", limits=limits)).message.sequence_id == 5


async def test_who_asks_for_what_is_gone_gets_the_end_anew(told: Told) -> None:
    conversation = await told.conversation(agents=())
    known = conversation.conversation_id
    for number in range(1, 106):
        await told.say(conversation, f"m{number}")
    await told.chat.finish(known, await told.chat.outstanding(known))

    fresh = await told.chat.get_conversation_messages(known, 103)
    end = await told.chat.get_conversation_messages(known, 105)
    beyond = await told.chat.get_conversation_messages(known, 500)
    part = await told.chat.get_conversation_messages(known, 0, 7)

    assert [one.sequence_id for one in fresh.messages] == [104, 105]
    assert (end.messages, end.reset) == ((), False)
    assert (len(beyond.messages), beyond.reset) == (100, True)
    assert [one.sequence_id for one in part.messages] == list(range(1, 8))


async def test_a_taken_number_is_no_gap(told: Told) -> None:
    conversation = await told.conversation(agents=())
    known = conversation.conversation_id
    await told.say(conversation, "one")
    assert await told.chat.get_next_sequence_id(known) == 2
    await told.say(conversation, "three")

    page = await told.chat.get_conversation_messages(known, 1)

    assert [one.sequence_id for one in page.messages] == [3]
    assert not page.reset


async def test_taken_back_words_are_nowhere(told: Told, redis: Redis) -> None:
    conversation = await told.conversation(person(ANNA), person(BORIS, Door.DM), agents=())
    known = conversation.conversation_id
    await told.say(conversation, "my secret word")
    await told.chat.posted(known, 1, ChatId(8), [MessageId(5)])
    await told.say(conversation, "other")

    async with told.chat.listening(ear := Ear()):
        bare = await told.chat.redact(known, 1, human(ANNA))
        await told.heard_frames(ear, 1)

    assert (bare.content, bare.status) == ("", MessageStatus.REDACTED)
    assert [(one["type"], one["sequence_id"]) for one in ear.frames] == [("redact", 1)]
    page = await told.chat.get_conversation_messages(known, 0)
    assert [(one.sequence_id, one.content) for one in page.messages] == [(1, ""), (2, "other")]
    assert "d:1:8" in {work.key for work in await told.chat.outstanding(known)}
    assert "t:1:8" not in {work.key for work in await told.chat.outstanding(known)}
    async for key in redis.scan_iter():
        assert b"secret" not in (await _raw(redis, key)), key
    with pytest.raises(MessageMissing):
        await told.chat.redact(known, 1, human(ANNA))
    assert (await told.say(conversation, "my secret word")).duplicate


async def _raw(redis: Redis, key: str) -> bytes:
    raw = redis.connection_pool.connection_kwargs["path"]
    bare = Redis(unix_socket_path=raw)
    try:
        dumped = await bare.dump(key)
    finally:
        await bare.aclose()
    return bytes(dumped or b"")
