"""What both stores of conversations promise: who hears that one is closed, and groups that go."""

import json

from luka_bot.models.farewell import Closing, Ending, Farewell
from luka_bot.models.ids import ChatId, MessageId, ThreadId, TopicId
from luka_bot.models.participant import Door, human
from luka_bot.storage.chat.shapes import FAREWELLS
from tests.contract.chat_storages import ANNA, BORIS, CLARA, GROUP, LIMITS, Ear, Told, person, pids


async def test_whoever_was_in_by_direct_messages_is_told_once(told: Told) -> None:
    people = (person(ANNA, Door.DM), person(BORIS, Door.DM), person(CLARA))
    known = (await told.conversation(*people)).conversation_id

    async with told.chat.listening(ear := Ear()):
        await told.chat.close_conversation(known, Closing(Ending.CLEARED, ANNA, "Anna"))
        await told.chat.close_conversation(known)
        await told.heard_frames(ear, 2)

    closed, farewells = sorted(ear.frames, key=lambda one: one["type"])
    assert closed == {"conversation_id": known, "type": "closed", "how": "cleared", "by": "Anna"}
    assert farewells == {"conversation_id": FAREWELLS, "type": "farewells"}
    (boris,) = await _taken(told)
    assert (boris.chat_id, boris.how, boris.by_name) == (ChatId(BORIS), Ending.CLEARED, "Anna")
    assert boris.name.startswith("Trip")
    assert await _taken(told) == ()  # somebody is at it
    told.clock.forward(61)
    assert await _taken(told) == (boris,)
    await told.chat.told(boris)
    told.clock.forward(61)
    assert await _taken(told) == ()


async def test_who_is_forgotten_is_told_nothing_and_named_to_nobody(told: Told) -> None:
    people = (person(ANNA, Door.DM), person(BORIS, Door.DM), person(CLARA, Door.DM))
    known = (await told.conversation(*people)).conversation_id
    await told.chat.close_conversation(known, Closing(Ending.DELETED, ANNA, "Anna"))
    own = (await told.conversation(*people)).conversation_id

    await told.chat.forget(ANNA)
    await told.chat.forget(BORIS)

    first, second = sorted(await _taken(told), key=lambda one: one.how)
    assert (first.conversation_id, first.chat_id, first.by_name) == (known, ChatId(CLARA), "")
    assert (second.conversation_id, second.how) == (own, Ending.FORGOTTEN)


async def _taken(told: Told) -> tuple[Farewell, ...]:
    return await told.chat.take_farewells(told.clock(), told.clock() + 60)


async def test_a_group_that_is_gone_leaves_the_others_and_finds_them_again(told: Told) -> None:
    people = (person(ANNA, Door.GROUP), person(BORIS, Door.DM), person(CLARA, Door.GROUP, Door.WEB))
    known = (await told.conversation(*people)).conversation_id
    await told.chat.bind(GROUP, None, known)
    await told.say(known, "hello", by=BORIS)
    await told.chat.posted(known, 1, GROUP, [MessageId(3)])
    await told.chat.redact(known, 1, human(BORIS))

    assert await told.chat.group_left(GROUP, told.clock()) == (known,)
    assert await told.chat.group_left(GROUP, told.clock()) == ()

    left = await told.chat.conversation(known)
    assert (left.chat_id, await told.chat.bound(GROUP, None)) == (None, known)
    assert pids(left) == {"tg:8", "tg:10", "agent:luka"}
    assert await _owed(told, known) == {"8"}
    told.clock.forward(1)
    assert await told.chat.group_back(GROUP, told.clock()) == (known,)
    assert await told.chat.group_back(GROUP, told.clock()) == ()
    await told.chat.join(known, person(ANNA, Door.GROUP), LIMITS, told.clock())

    assert (await told.chat.conversation(known)).chat_id == GROUP
    assert await _owed(told, known) == {"8", str(GROUP)}
    page = await told.chat.last_messages(known, 3)
    events = [json.loads(one.content) for one in page.messages]
    assert [one["event"] for one in events] == ["group_left", "group_back", "join"]
    assert events[0]["name"].startswith("Trip")


async def test_a_topic_that_is_deleted_lets_its_conversation_go(told: Told) -> None:
    people = (person(ANNA, Door.GROUP), person(BORIS, Door.DM))
    known = (await told.conversation(*people)).conversation_id
    beside = (await told.conversation(person(ANNA, Door.GROUP))).conversation_id
    await told.chat.bind(GROUP, TopicId(5), known)
    await told.chat.bind(GROUP, TopicId(6), beside)
    await told.say(known, "hello", by=BORIS)

    assert await told.chat.topic_gone(GROUP, TopicId(5), told.clock()) == (known,)
    assert await told.chat.topic_gone(GROUP, TopicId(5), told.clock()) == ()
    assert await told.chat.group_back(GROUP, told.clock()) == ()

    left, other = await told.chat.conversation(known), await told.chat.conversation(beside)
    assert (left.chat_id, left.topic_id, pids(left)) == (None, None, {"tg:8", "agent:luka"})
    assert (other.chat_id, other.topic_id) == (GROUP, TopicId(6))
    assert await told.chat.bound(GROUP, TopicId(5)) is None
    assert await _owed(told, known) == {"8"}
    page = await told.chat.last_messages(known, 1)
    event = json.loads(page.messages[0].content)
    assert (event["event"], event["name"][:4]) == ("topic_gone", "Trip")


async def _owed(told: Told, known: ThreadId) -> set[str]:
    works = await told.chat.outstanding(known)
    return {one.name for one in works if one.name != "luka"}
