"""What a bot hears in a group: privacy mode, administrators, other bots, the nameless."""

from typing import Any

import pytest

from luka_bot.demo.telegram import Group, LocalTelegram, Person
from tests.unit.demo_telegram.conftest import Api

CLUB = -100700


@pytest.fixture
def club(telegram: LocalTelegram, anna: Person) -> Group:
    """The bot came in under privacy mode."""
    telegram.privacy = True
    return telegram.group(CLUB, "Club", [anna, telegram.person(8, "Boris")])


async def heard(api: Api) -> list[Any]:
    updates = (await api("getUpdates")).result
    if updates:
        await api("getUpdates", offset=updates[-1]["update_id"] + 1)
    return [one["message"].get("text") for one in updates if "message" in one]


async def test_under_privacy_mode_it_hears_what_is_for_it(
    club: Group, anna: Person, api: Api
) -> None:
    own = (await api("sendMessage", chat_id=club.id, text="Hello")).result["message_id"]
    for text in ("Hi all", "/help", "/help@luka_bot", "/help@other_bot", "so, @Luka_Bot?", "@luka"):
        await anna.writes(text, chat=club.id)
    hers = await anna.writes("to it", chat=club.id, reply_to=own)
    await anna.writes("to her", chat=club.id, reply_to=hers)
    assert await heard(api) == ["/help", "/help@luka_bot", "so, @Luka_Bot?", "to it"]
    assert (await api("getMe")).result["can_read_all_group_messages"] is False


async def test_a_bare_command_is_for_the_bot_that_spoke_last(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    other = telegram.another_bot(2, "Other", "other_bot")
    await club.joins(other)
    await other.writes("I'm new", chat=club.id)
    await anna.writes("/help", chat=club.id)
    await api("sendMessage", chat_id=club.id, text="Hello")
    await anna.writes("/start", chat=club.id)
    assert await heard(api) == [None, "/start"]  # the first is the other's coming


async def test_an_administrator_hears_all_and_so_does_who_came_in_without_privacy(
    telegram: LocalTelegram, club: Group, anna: Person, api: Api
) -> None:
    telegram.privacy = False
    await anna.writes("too early", chat=club.id)
    await club.promotes_bot()
    await anna.writes("to all", chat=club.id)
    await club.demotes_bot()
    await anna.writes("too early again", chat=club.id)
    assert (await api("getMe")).result["can_read_all_group_messages"] is True
    await club.removes_bot(anna)
    await club.adds_bot(anna)
    await anna.writes("at last", chat=club.id)
    assert await heard(api) == ["to all", None, "at last"]


async def test_other_bots_are_heard_only_where_bots_hear_bots(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    family = telegram.group(-100, "Family", [anna], bot_status="administrator")
    other = telegram.another_bot(2, "Other", "other_bot")
    await family.joins(other)
    await heard(api)
    await other.writes("beep", chat=-100)
    assert await heard(api) == []
    telegram.world.bots_hear_bots = True
    await other.writes("boop", chat=-100)
    (update,) = (await api("getUpdates")).result
    assert update["message"]["from"]["is_bot"] is True
    assert telegram.said(-100) == []


async def test_people_are_promoted_and_demoted(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    boris = telegram.person(8, "Boris")
    family = telegram.group(-100, "Family", [anna, boris], bot_status="administrator")
    await api("getUpdates", allowed_updates=["chat_member"])
    await family.promotes(boris)
    admins = (await api("getChatAdministrators", chat_id=-100)).result
    assert [(one["user"]["id"], one["status"]) for one in admins] == [
        (7, "creator"),
        (8, "administrator"),
        (1, "administrator"),
    ]
    await family.demotes(boris)
    member = (await api("getChatMember", chat_id=-100, user_id=8)).result
    assert member["status"] == "member"
    changes = [one["chat_member"] for one in (await api("getUpdates")).result]
    statuses = [one["new_chat_member"]["status"] for one in changes]
    assert statuses == ["administrator", "member"]


async def test_an_anonymous_administrator_speaks_in_the_groups_name(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    family = telegram.group(-100, "Family", [anna])
    await family.promotes(anna, anonymous=True)
    await anna.writes("We say", chat=-100)
    (update,) = (await api("getUpdates")).result
    message = update["message"]
    assert (message["from"]["id"], message["from"]["username"]) == (
        1087968824,
        "GroupAnonymousBot",
    )
    assert message["sender_chat"]["title"] == telegram.shown(-100)[0].sender == "Family"
    (creator,) = (await api("getChatAdministrators", chat_id=-100)).result
    assert (creator["status"], creator["is_anonymous"]) == ("creator", True)
