"""Who is in a conversation, how they came there, and what they may."""

import json

import pytest

from luka_bot.models.conversation import MessageType, Policy
from luka_bot.models.conversation_errors import (
    MessageMissing,
    MessageTooLong,
    NotInConversation,
    OwnerStays,
    ParticipantLimit,
    ShareGone,
)
from luka_bot.models.errors import NotYours, ThreadGone
from luka_bot.models.ids import AgentName, ChatId, TopicId, TurnId, UserId
from luka_bot.models.message import MessageState
from luka_bot.models.participant import Door, agent, human
from luka_bot.models.turn import Answer, Question
from luka_bot.services.conversations.saying import Speaker
from luka_bot.storage.chat.contract import ChatLimits
from tests.scenario.conversations.house import ANNA, BORIS, CLARA, Home, Stores, at_home
from tests.waiting import wait_until

GROUP, TOPIC = ChatId(-100), TopicId(5)


async def test_an_invite_lets_in_as_many_as_it_says(home: Home) -> None:
    talk = await home.begin(ANNA)
    token, invite = await home.service.share(ANNA, talk.conversation_id, 1, 3600.0)

    joined = await home.service.join(token, BORIS, Door.WEB)
    with pytest.raises(ShareGone):
        await home.service.join(token, CLARA, Door.WEB)

    assert len(token) == 32
    assert token not in invite.key
    assert human(BORIS.user_id) in joined.conversation.active_participants


async def test_comings_and_goings_are_heard_in_their_place(home: Home) -> None:
    talk = await home.begin(ANNA, agents=[])
    token, _ = await home.service.share(ANNA, talk.conversation_id, 1, 3600.0)

    with home.ear(talk) as ear:
        await home.say(ANNA, talk, "Come in!")
        await home.service.join(token, BORIS, Door.WEB)
        await home.say(BORIS, talk, "Hi")
        await home.service.leave(BORIS, talk.conversation_id)
        await wait_until(lambda: len(ear.messages) == 4)

    events = [
        json.loads(one.content)["event"] if one.message_type is MessageType.SYSTEM else one.content
        for one in ear.messages
    ]
    assert events == ["Come in!", "join", "Hi", "leave"]
    assert ear.numbers == [1, 2, 3, 4]


async def test_the_hundred_and_first_is_refused_until_somebody_leaves(stores: Stores) -> None:
    async with at_home(stores, limits=ChatLimits(max_participants=3)) as home:
        talk = await home.begin(ANNA)
        token, _ = await home.service.share(ANNA, talk.conversation_id, 9, 3600.0)
        await home.service.join(token, BORIS, Door.WEB)
        with pytest.raises(ParticipantLimit):
            await home.service.join(token, CLARA, Door.WEB)
        await home.service.leave(BORIS, talk.conversation_id)
        await home.service.join(token, CLARA, Door.WEB)


async def test_only_those_inside_see_and_speak(home: Home) -> None:
    talk = await home.begin(ANNA)

    with pytest.raises(NotInConversation):
        await home.say(BORIS, talk, "Let me in")
    with pytest.raises(NotInConversation):
        await home.service.messages(BORIS.user_id, talk.conversation_id, None, 10)
    assert await home.service.listed(BORIS.user_id) == ()
    assert [one.name for one in await home.service.listed(ANNA.user_id)] == ["Trip"]


async def test_the_owner_stays_and_takes_out_whom_they_like(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS, CLARA)
    key = talk.conversation_id

    with pytest.raises(OwnerStays):
        await home.service.leave(ANNA, key)
    with pytest.raises(NotYours):
        await home.service.remove(BORIS, key, human(CLARA.user_id))
    await home.service.remove(ANNA, key, human(CLARA.user_id))
    left = await home.service.remove(BORIS, key, agent(AgentName("luka")))

    assert left.conversation.active_participants == {human(ANNA.user_id), human(BORIS.user_id)}


async def test_what_was_said_in_the_thread_is_the_beginning(home: Home) -> None:
    thread = await home.threads.create_thread(ANNA.user_id, "Trip")
    turn = await home.threads.open_turn(Question(TurnId("t"), ANNA.user_id, "Where to?", 1.0))
    await home.threads.commit_turn(turn, Answer("Rome.", MessageState.DONE, 2.0))

    talk = await home.service.enter(ANNA, thread.thread_id, Door.WEB)
    page = await home.service.messages(ANNA.user_id, talk.conversation_id, None, 10)

    said = [(one.sequence_id, one.sender_id, one.content) for one in page.messages]
    assert said == [(1, "tg:7", "Where to?"), (2, "agent:luka", "Rome.")]
    assert talk.participants[0].doors == {Door.WEB, Door.DM}


async def test_a_group_is_the_conversation_of_its_active_thread(home: Home) -> None:
    first = await home.service.in_group(GROUP, None, "Friends")
    topic = await home.service.in_group(GROUP, TOPIC, "Food")
    again = await home.service.in_group(GROUP, None, "Friends")

    active = await home.threads.get_active_thread(UserId(GROUP))
    assert first.conversation_id == again.conversation_id == active.thread_id
    assert (topic.name, topic.topic_id, topic.chat_id) == ("Food", TOPIC, GROUP)
    assert (first.chat_id, first.topic_id) == (GROUP, None)
    assert first.conversation_id != topic.conversation_id


async def test_who_writes_in_a_group_is_in_by_that_under_their_newest_name(home: Home) -> None:
    talk = await home.service.in_group(GROUP, None, "Friends")
    here = {"door": Door.GROUP, "origin": GROUP}

    await home.say(BORIS, talk, "Hi", **here)
    await home.say(Speaker(BORIS.user_id, "Bob"), talk, "It's me", **here)
    now = await home.service.get(BORIS.user_id, talk.conversation_id)

    assert [(one.name, set(one.doors)) for one in now.humans] == [("Bob", {Door.GROUP})]
    with pytest.raises(NotYours):  # when agents speak there, its administrators decide
        await home.service.set_policy(BORIS.user_id, talk.conversation_id, Policy.QUIET)


async def test_what_is_too_long_or_nothing_is_not_said(home: Home) -> None:
    talk = await home.begin(ANNA)

    with pytest.raises(MessageTooLong):
        await home.say(ANNA, talk, "x" * 10_001)
    with pytest.raises(MessageMissing):
        await home.say(ANNA, talk, " \n ")


async def test_a_message_that_comes_again_is_the_same(home: Home) -> None:
    talk = await home.begin(ANNA, agents=[])

    stored = [await home.say(ANNA, talk, "Hi", message_id="m1") for _ in range(3)]

    assert [one.duplicate for one in stored] == [False, True, True]
    assert {one.message.sequence_id for one in stored} == {1}


async def test_words_are_taken_back_by_who_may(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS, CLARA, agents=[])
    key = talk.conversation_id
    await home.say(BORIS, talk, "secret")

    with pytest.raises(NotYours):
        await home.service.redact(CLARA, key, 1)
    await home.service.redact(ANNA, key, 1)
    with pytest.raises(MessageMissing):
        await home.service.redact(BORIS, key, 1)

    page = await home.service.messages(CLARA.user_id, key, None, 10)
    assert [one.content for one in page.messages] == [""]


async def test_a_deleted_thread_is_no_conversation_any_more(home: Home) -> None:
    talk = await home.begin(ANNA)
    with home.ear(talk) as ear:
        await home.threads.delete_thread(ANNA.user_id, talk.conversation_id)
        await wait_until(lambda: ear.of_type("closed") != [])

    with pytest.raises(ThreadGone):
        await home.say(ANNA, talk, "Hello?")


async def test_everybody_hears_how_their_thread_is_called_now(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS)
    with home.ear(talk) as ear:
        await home.threads.rename_thread(ANNA.user_id, talk.conversation_id, " Summer ")
        await wait_until(lambda: ear.of_type("participant_update") != [])

    frame = ear.of_type("participant_update")[0]
    assert (frame["action"], frame["name"], frame["participant_count"]) == ("renamed", "Summer", 3)


async def test_everybody_hears_of_a_policy(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS)
    with home.ear(talk) as ear:
        await home.service.set_policy(BORIS.user_id, talk.conversation_id, Policy.QUIET)
        await wait_until(lambda: ear.of_type("participant_update") != [])
        await home.say(ANNA, talk, "Luka?")
        await home.at_rest(talk)

    assert ear.of_type("participant_update")[0]["action"] == "policy"
    assert ear.said == ["Luka?"]
