"""What both stores of conversations promise replicas, and of strangers."""

import pytest

from luka_bot.models.conversation import Draft
from luka_bot.models.conversation_errors import (
    NotIntroduced,
)
from luka_bot.models.participant import human
from luka_bot.models.person import Access, Limits, Visitor
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import Arrival, Pace
from luka_bot.storage.people import PeopleStore
from tests.contract.chat_storages import (
    ANNA,
    CLARA,
    LIMITS,
    Ear,
    Told,
    person,
)
from tests.redis_fixtures import HandClock


async def test_one_process_at_a_time_does_the_work(told: Told) -> None:
    known = (await told.conversation()).conversation_id

    assert await told.chat.host(known, "one", 10)
    assert not await told.chat.host(known, "two", 10)
    assert await told.chat.host(known, "one", 10)
    await told.chat.release(known, "one")
    assert await told.chat.host(known, "two", 10)


async def test_frames_without_a_number_reach_every_replica(told: Told) -> None:
    known = (await told.conversation(person(CLARA))).conversation_id

    async with told.chat.listening(ear := Ear()), told.other().listening(far := Ear()):
        await told.chat.publish(known, {"type": "typing", "name": "Clara"})
        await told.heard_frames(ear, 1)
        await told.heard_frames(far, 1)

    assert (
        ear.frames == far.frames == [{"conversation_id": known, "type": "typing", "name": "Clara"}]
    )


async def test_what_nobody_cares_for_is_not_told(told: Told) -> None:
    known, other = await told.conversation(), await told.conversation()
    ear = Ear(deaf_to={other.conversation_id})

    async with told.chat.listening(ear):
        await told.say(other, "unheard")
        await told.chat.publish(other.conversation_id, {"type": "typing"})
        await told.say(known, "heard")
        await told.heard(ear, 1)

    assert [one.content for one in ear.messages] == ["heard"]
    assert ear.frames == []


async def test_of_whom_it_is_not_known_that_they_may_nothing_is_stored(
    told: Told, storage: Storage, clock: HandClock
) -> None:
    people = PeopleStore(storage, Pace(Access.APPROVAL, 0, Limits()), clock)
    conversation = await told.conversation()
    draft = Draft(conversation.conversation_id, "m1", human(ANNA), "Anna", "Hi", clock())
    stranger = people.introduce(Arrival(Visitor(ANNA, "Anna")))

    with pytest.raises(NotIntroduced):
        await told.chat.store_message(draft, LIMITS, stranger)

    page = await told.chat.get_conversation_messages(conversation.conversation_id, 0)
    assert page.messages == ()
    assert not (await told.chat.store_message(draft, LIMITS)).duplicate
