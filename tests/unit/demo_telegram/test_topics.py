"""Forums: topics, and what is said in which."""

from typing import Any

import pytest

from luka_bot.demo.telegram import Group, Limits, LocalTelegram, Person, Rate
from luka_bot.demo.telegram.deeds import CannotDo
from tests.unit.demo_telegram.conftest import Api

CLUB = -100800
GONE = "Bad Request: message thread not found"


@pytest.fixture
def club(telegram: LocalTelegram, anna: Person) -> Group:
    return telegram.group(CLUB, "Book club", [anna], kind="forum")


async def heard(api: Api) -> list[dict[str, Any]]:
    return [one["message"] for one in (await api("getUpdates")).result if "message" in one]


async def test_a_topic_opens_with_a_service_line_and_holds_what_is_said_there(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    topic = await club.opens_topic("Novels")
    hers = await anna.writes("In it", chat=CLUB, topic=topic)
    await anna.writes("Likewise", chat=CLUB, reply_to=hers)
    await anna.writes("In General", chat=CLUB)
    opened, first, reply, general = await heard(api)

    assert (opened["message_id"], opened["forum_topic_created"]["name"]) == (topic, "Novels")
    assert [one.get("message_thread_id") for one in (opened, first, reply, general)] == [
        topic,
        topic,
        topic,
        None,
    ]
    assert first["is_topic_message"] is True
    assert "forum_topic_created" in first["reply_to_message"]
    assert reply["reply_to_message"]["text"] == "In it"
    assert (general["chat"]["is_forum"], "is_topic_message" in general) == (True, False)
    assert [one.topic for one in telegram.shown(CLUB)] == [topic, topic, topic, None]


async def test_the_bot_answers_in_a_topic_and_never_in_one_that_is_not_there(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    topic = await club.opens_topic("Novels")
    sent = await api("sendMessage", chat_id=CLUB, message_thread_id=topic, text="Here")
    assert sent.result["message_thread_id"] == topic
    for wrong in (1, 999):  # General has no number for messages
        refused = await api("sendMessage", chat_id=CLUB, message_thread_id=wrong, text="x")
        assert refused.refusal == GONE
    typing = {"chat_id": CLUB, "message_thread_id": 1, "action": "typing"}
    assert (await api("sendChatAction", **typing)).status == 200
    family = telegram.group(-100, "Family", [anna])
    refused = await api("sendMessage", chat_id=family.id, message_thread_id=topic, text="x")
    assert refused.refusal == GONE


async def test_a_closed_topic_is_for_administrators_and_a_deleted_one_for_nobody(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    boris = telegram.person(8, "Boris")
    await club.joins(boris)
    topic = await club.opens_topic("Novels", by=boris)
    await club.renames_topic(topic, "Poems")
    await club.closes_topic(topic)
    place = {"chat_id": CLUB, "message_thread_id": topic, "text": "x"}
    assert (await api("sendMessage", **place)).refusal == "Bad Request: TOPIC_CLOSED"
    with pytest.raises(CannotDo):
        await boris.writes("Hi", chat=CLUB, topic=topic)
    await anna.writes("I may", chat=CLUB, topic=topic)
    await club.deletes_topic(topic)
    assert (await api("sendMessage", **place)).refusal == GONE
    with pytest.raises(CannotDo):
        await anna.writes("Hi", chat=CLUB, topic=topic)
    assert [one.topic for one in telegram.shown(CLUB)] == [None]


async def test_the_bot_arranges_topics_as_an_administrator(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    assert "not enough rights" in (await api("createForumTopic", chat_id=CLUB, name="x")).refusal
    await club.promotes_bot()
    topic = (await api("createForumTopic", chat_id=CLUB, name="Poems")).result["message_thread_id"]
    place = {"chat_id": CLUB, "message_thread_id": topic}
    assert (await api("editForumTopic", **place, name="Verse")).result is True
    assert (await api("closeForumTopic", **place)).result is True
    assert (await api("reopenForumTopic", **place)).result is True
    kinds = ("created", "edited", "closed", "reopened")
    told = await heard(api)
    assert all(f"forum_topic_{kind}" in one for kind, one in zip(kinds, told, strict=True))
    assert (await api("deleteForumTopic", **place)).result is True
    assert (await api("editForumTopic", **place, name="x")).refusal == GONE
    telegram.group(-100, "Family", [anna], bot_status="administrator")
    refused = await api("createForumTopic", chat_id=-100, name="x")
    assert refused.refusal == "Bad Request: the chat is not a forum"


async def test_only_a_forum_has_topics(telegram: LocalTelegram, anna: Person) -> None:
    with pytest.raises(CannotDo):
        await telegram.group(-100, "Family", [anna]).opens_topic("x")


async def test_topics_sends_and_edits_of_a_group_pay_from_one_purse(
    telegram: LocalTelegram, club: Group, api: Api
) -> None:
    telegram.world.flood.limits = Limits(group=Rate(3, 0.1))
    await club.promotes_bot()
    await api("createForumTopic", chat_id=CLUB, name="Poems")
    sent = (await api("sendMessage", chat_id=CLUB, text="0")).result["message_id"]
    edits = [
        await api("editMessageText", chat_id=CLUB, message_id=sent, text=text) for text in "12"
    ]
    assert [one.status for one in edits] == [200, 429]
