"""Groups: who comes and goes, and a basic group that becomes a supergroup."""

from typing import Any

import aiohttp
import pytest

from luka_bot.demo.telegram import Group, LocalTelegram, Person
from luka_bot.demo.telegram.deeds import CannotDo
from tests.unit.demo_telegram.conftest import Api

BASIC, SUPER = -5200, -1000000005200


@pytest.fixture
def boris(telegram: LocalTelegram) -> Person:
    return telegram.person(8, "Борис", username="boris")


@pytest.fixture
def family(telegram: LocalTelegram, anna: Person) -> Group:
    return telegram.group(BASIC, "Family", [anna], kind="group")


async def heard(api: Api, kind: str = "message") -> list[dict[str, Any]]:
    updates = (await api("getUpdates", allowed_updates=["message", "chat_member"])).result
    return [one[kind] for one in updates if kind in one]


async def status(api: Api, person: Person) -> str:
    return str((await api("getChatMember", chat_id=BASIC, user_id=person.id)).result["status"])


async def test_people_come_and_go_with_a_service_line(
    telegram: LocalTelegram, family: Group, boris: Person, api: Api
) -> None:
    assert await status(api, boris) == "left"
    await family.joins(boris)
    assert await status(api, boris) == "member"
    await boris.writes("Hi", chat=BASIC)
    await family.leaves(boris)
    assert await status(api, boris) == "left"
    with pytest.raises(CannotDo):
        await boris.writes("Still here?", chat=BASIC)

    came, _, left = await heard(api)
    assert [user["id"] for user in came["new_chat_members"]] == [8]
    assert left["left_chat_member"]["username"] == "boris"
    services = [one.service for one in telegram.shown(BASIC) if one.service]
    assert services == ["Борис joined the group", "Борис left the group"]


async def test_an_administrator_that_asked_for_it_is_told_of_members(
    telegram: LocalTelegram, anna: Person, boris: Person, api: Api
) -> None:
    club = telegram.group(-100, "Club", [anna], bot_status="administrator")
    await heard(api)
    await club.joins(boris)
    await club.leaves(boris)

    changes = await heard(api, "chat_member")
    statuses = [one["new_chat_member"]["status"] for one in changes]
    assert statuses == ["member", "left"]


async def test_nobody_joins_twice_or_leaves_where_they_are_not(
    family: Group, anna: Person, boris: Person
) -> None:
    with pytest.raises(CannotDo):
        await family.joins(anna)
    with pytest.raises(CannotDo):
        await family.leaves(boris)


async def test_a_basic_group_becomes_a_supergroup_as_telegram_tells_it(
    telegram: LocalTelegram, family: Group, anna: Person, api: Api
) -> None:
    await anna.writes("Hi", chat=BASIC)
    new = await family.becomes_supergroup(SUPER)
    hers, old, moved = await heard(api)

    assert new.id == SUPER
    assert (hers["chat"]["type"], old["chat"]["type"]) == ("group", "group")
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (BASIC, SUPER)
    assert (moved["chat"]["id"], moved["chat"]["type"]) == (SUPER, "supergroup")
    assert moved["migrate_from_chat_id"] == BASIC
    assert moved["message_id"] == 1  # a supergroup counts for itself
    await anna.writes("Here", chat=SUPER)
    with pytest.raises(CannotDo):
        await anna.writes("Gone", chat=BASIC)
    assert telegram.shown(SUPER)[-1].text == "Here"


async def test_the_old_number_is_refused_with_the_new_one(family: Group, api: Api) -> None:
    await family.becomes_supergroup(SUPER)

    for method in ("sendMessage", "getChat", "sendChatAction"):
        refused = await api(method, chat_id=BASIC, text="x", action="typing")
        assert refused.status == 400
        assert "group chat was upgraded to a supergroup chat" in refused.refusal
        assert refused.body["parameters"] == {"migrate_to_chat_id": SUPER}
    assert (await api("sendMessage", chat_id=SUPER, text="x")).status == 200


async def test_a_supergroup_cannot_become_one(telegram: LocalTelegram, anna: Person) -> None:
    club = telegram.group(-100, "Club", [anna])
    with pytest.raises(CannotDo):
        await club.becomes_supergroup(SUPER)


async def test_the_page_shows_a_migrated_group_once(
    telegram: LocalTelegram, family: Group, session: aiohttp.ClientSession
) -> None:
    await family.becomes_supergroup(SUPER)
    async with session.get(f"{telegram.url}/demo/state") as response:
        chats = (await response.json())["chats"]

    assert [one["id"] for one in chats if one["type"] != "private"] == [SUPER]
