"""What both stores of conversations promise: who takes part, by which doors and invites."""

import asyncio
import json

import pytest
from redis.asyncio import Redis

from luka_bot.models.conversation import ConversationInvite, Policy
from luka_bot.models.conversation_errors import OwnerStays, ParticipantLimit, ShareGone
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, MessageId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door, human
from luka_bot.storage.chat.contract import ChatLimits
from tests.contract.chat_storages import (
    ANNA,
    BORIS,
    CLARA,
    GROUP,
    LIMITS,
    Ear,
    Told,
    person,
    persona,
    pids,
)


async def test_coming_and_going_is_said_in_order(told: Told) -> None:
    conversation = await told.conversation(person(ANNA, Door.DM))
    known = conversation.conversation_id

    async with told.chat.listening(ear := Ear()):
        joined = await told.chat.join(known, person(BORIS, Door.WEB), LIMITS, told.clock())
        again = await told.chat.join(known, person(BORIS, Door.DM), LIMITS, told.clock())
        left = await told.chat.leave(known, human(BORIS), human(ANNA), told.clock())
        await told.heard(ear, 2)
        await told.heard_frames(ear, 2)

    assert joined.message is not None
    assert json.loads(joined.message.content) == {
        "event": "join",
        "name": "Борис",
        "id": "tg:8",
        "door": "web",
    }
    assert again.message is None
    boris = again.conversation.participant(human(BORIS))
    assert boris is not None
    assert boris.doors == {Door.WEB, Door.DM}
    assert left.message is not None
    told_of = json.loads(left.message.content)
    assert (told_of["event"], told_of["name"], told_of["by"]) == ("removed", "Борис", "tg:7")
    assert pids(left.conversation) == {"tg:7", "agent:luka"}
    assert [one["action"] for one in ear.frames] == ["join", "removed"]
    keys = {work.key for work in await told.chat.outstanding(known)}
    assert keys == {"t:1:7", "t:2:7"}


async def test_the_owner_stays_and_who_is_out_can_go_again(told: Told) -> None:
    conversation = await told.conversation()
    known = conversation.conversation_id

    with pytest.raises(OwnerStays):
        await told.chat.leave(known, human(ANNA), human(ANNA), told.clock())
    gone = await told.chat.leave(known, human(BORIS), human(BORIS), told.clock())

    assert gone.message is None


async def test_the_hundred_and_first_waits_until_somebody_leaves(told: Told) -> None:
    crowd = [person(UserId(100 + number)) for number in range(97)]
    known = (await told.conversation(person(ANNA), *crowd)).conversation_id
    await told.chat.join(known, person(BORIS), LIMITS, told.clock())

    with pytest.raises(ParticipantLimit):
        await told.chat.join(known, person(CLARA), LIMITS, told.clock())
    await told.chat.leave(known, human(BORIS), human(BORIS), told.clock())
    joined = await told.chat.join(known, person(CLARA), LIMITS, told.clock())

    assert len(joined.conversation.participants) == 100


async def test_direct_messages_have_a_limit_of_their_own(told: Told) -> None:
    limits = ChatLimits(dm=1)
    known = (await told.conversation(person(ANNA, Door.DM))).conversation_id

    with pytest.raises(ParticipantLimit) as full:
        await told.chat.join(known, person(BORIS, Door.DM), limits, told.clock())
    assert full.value.by_dm
    await told.chat.join(known, person(BORIS, Door.WEB), limits, told.clock())
    closed = await told.chat.close_door(known, human(ANNA), Door.DM.value)
    joined = await told.chat.join(known, person(BORIS, Door.DM), limits, told.clock())

    assert closed.dm_chats == ()
    assert joined.conversation.dm_chats == (ChatId(8),)


async def test_in_a_group_the_silent_make_room(told: Told) -> None:
    limits = ChatLimits(max_participants=3)
    conversation = await told.conversation(
        person(ANNA), person(BORIS, Door.GROUP), person(CLARA, Door.GROUP), agents=()
    )
    await told.say(conversation, "I speak", BORIS)

    known = conversation.conversation_id
    joined = await told.chat.join(known, person(UserId(99), Door.GROUP), limits, told.clock())

    assert pids(joined.conversation) == {"tg:7", "tg:8", "tg:99"}
    with pytest.raises(ParticipantLimit):
        await told.chat.join(known, person(UserId(98), Door.WEB), limits, told.clock())


def invite(known: ThreadId, uses: int, ends: float) -> ConversationInvite:
    return ConversationInvite("k1", known, ANNA, uses, ends)


async def test_an_invite_lets_in_as_many_as_it_says(told: Told) -> None:
    known = (await told.conversation()).conversation_id
    await told.chat.make_invite("token", invite(known, 3, told.clock() + 60))
    people = [person(UserId(100 + number)) for number in range(8)]

    async def come(who: UserId) -> bool:
        try:
            await told.chat.redeem("token", person(who), LIMITS, told.clock())
        except ShareGone:
            return False
        return True

    came = await asyncio.gather(*(come(one.user_id) for one in people))

    assert sum(came) == 3
    assert await told.chat.invites(known, told.clock()) == ()


async def test_an_invite_ends_by_time_by_hand_or_never_was(told: Told) -> None:
    known = (await told.conversation()).conversation_id
    await told.chat.make_invite("token", invite(known, 3, told.clock() + 60))
    await told.chat.redeem("token", person(ANNA), LIMITS, told.clock())

    assert [one.uses for one in await told.chat.invites(known, told.clock())] == [3]
    with pytest.raises(ShareGone):
        await told.chat.redeem("token", person(BORIS), LIMITS, told.clock() + 61)
    with pytest.raises(ShareGone):
        await told.chat.redeem("another", person(BORIS), LIMITS, told.clock())
    assert not await told.chat.revoke(known, "k2")
    assert await told.chat.revoke(known, "k1")
    with pytest.raises(ShareGone):
        await told.chat.redeem("token", person(BORIS), LIMITS, told.clock())


async def test_a_group_is_one_conversation_and_another_takes_its_place(told: Told) -> None:
    first = (await told.conversation(agents=())).conversation_id
    told.clock.forward(60)
    second = (await told.conversation(agents=())).conversation_id
    topic = TopicId(4)

    await told.chat.bind(GROUP, topic, first)
    await told.chat.bind(GROUP, None, first)
    await told.chat.bind(GROUP, topic, second)
    await told.say(second, "hi")

    assert await told.chat.bound(GROUP, topic) == second
    assert [work.key for work in await told.chat.outstanding(second)] == [f"t:1:{GROUP}"]
    await told.chat.move_chat(GROUP, ChatId(-100999))
    assert await told.chat.bound(GROUP, topic) is None
    assert await told.chat.bound(ChatId(-100999), topic) == second
    assert (await told.chat.conversation(second)).chat_id == -100999


async def test_policy_presence_and_lists(told: Told) -> None:
    first = (await told.conversation(person(ANNA), person(BORIS))).conversation_id
    told.clock.forward(60)
    second = (await told.conversation()).conversation_id
    told.clock.forward(60)
    await told.say(first, "newest")

    await told.chat.set_policy(first, Policy.QUIET)
    await told.chat.seen(first, human(ANNA), told.clock())
    await told.chat.seen(first, human(BORIS), told.clock() - 100)

    assert (await told.chat.conversation(first)).policy is Policy.QUIET
    assert set(await told.chat.present(first, told.clock() - 50)) == {"tg:7"}
    await told.chat.seen(first, human(ANNA), None)
    assert set(await told.chat.present(first, 0)) == {"tg:8"}
    listed = await told.chat.conversations_of(human(ANNA))
    assert [(one.conversation.conversation_id, one.spoke) for one in listed] == [
        (first, 1),
        (second, 0),
    ]


async def test_a_closed_conversation_leaves_nothing(told: Told) -> None:
    conversation = await told.conversation(person(ANNA), person(BORIS))
    known = conversation.conversation_id
    await told.chat.bind(GROUP, None, known)
    await told.say(conversation, "hi", origin=GROUP, stands=(MessageId(3),))
    await told.chat.make_invite("token", invite(known, 3, told.clock() + 60))

    async with told.chat.listening(ear := Ear()):
        await told.chat.close_conversation(known)
        await told.heard_frames(ear, 1)

    assert [one["type"] for one in ear.frames] == ["closed"]
    with pytest.raises(ThreadGone):
        await told.chat.conversation(known)
    with pytest.raises(ShareGone):
        await told.chat.redeem("token", person(CLARA), LIMITS, told.clock())
    assert await told.chat.bound(GROUP, None) is None
    assert await told.chat.post_at(GROUP, MessageId(3)) is None
    assert await told.chat.conversations_of(human(BORIS)) == ()
    assert await told.chat.owing() == ()


async def test_who_is_forgotten_leaves_no_trace(told: Told, redis: Redis) -> None:
    boris = UserId(987654321)
    own = await told.conversation(person(ANNA), person(boris, Door.DM), persona("luka"))
    known = own.conversation_id
    await told.say(own, "Anna's words")
    await told.say(own, "his words", boris, origin=ChatId(boris), stands=(MessageId(6),))
    await told.chat.posted(known, 1, ChatId(boris), [MessageId(5)])
    await told.chat.make_invite("token", ConversationInvite("k", known, boris, 1, told.clock() + 9))

    assert await told.chat.forget(boris) == (known,)

    page = await told.chat.get_conversation_messages(known, 0)
    assert [one.content for one in page.messages][:2] == ["Anna's words", ""]
    assert await told.chat.invites(known, told.clock()) == ()
    assert await told.chat.post_at(ChatId(boris), MessageId(5)) is None
    assert ParticipantId(f"tg:{boris}") not in pids(await told.chat.conversation(known))
    async for key in redis.scan_iter():
        assert "his words" not in str(await redis.dump(key)), key
