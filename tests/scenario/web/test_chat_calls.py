"""What people do by HTTP."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.models.ids import UserId
from luka_bot.models.person import Standing
from luka_bot.storage.chat.contract import ChatLimits
from luka_bot.web.chat.seat import SocketRules
from tests.scenario.web.chat_house import ANNA, BORIS, CLARA, ChatHouse, chat_house, init_data

NOWHERE = "0" * 32


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ChatHouse]:
    async with chat_house(tmp_path) as house:
        yield house


async def test_a_conversation_from_its_first_guest_to_its_last(house: ChatHouse) -> None:
    anna, boris, clara = [await house.person(one) for one in (ANNA, BORIS, CLARA)]
    body = {"name": "Trip", "participants": ["tg:8"], "agents": ["luka", "cook"]}
    made = await anna.call("POST", "/chat/conversations", body, status=201)
    talk, one = made["conversation_id"], f"/chat/{made['conversation_id']}"
    names = ["Anna", "Boris", "luka", "Cook"]
    assert [who["name"] for who in made["participants"]] == names
    assert (made["input_mode"], made["input_timeout"]) == ("multi", 2000)

    listed = await boris.call("GET", "/chat/conversations")
    assert [(it["conversation_id"], it["participant_count"]) for it in listed["conversations"]] == [
        (talk, 4)
    ]
    assert (await clara.call("GET", "/chat/conversations"))["conversations"] == []
    for path in (one, f"{one}/messages", f"{one}/invites"):
        assert await clara.refused("GET", path) == "NOT_FOUND"
    assert await clara.knocks(talk) == 403

    invite = await anna.call("POST", f"{one}/invites", {"uses": 1}, status=201)
    shown = (await anna.call("GET", f"{one}/invites"))["invites"]
    assert [it["key"] for it in shown] == [invite["key"]]
    assert invite["token"] not in json.dumps(shown)
    joined = await clara.call("POST", f"/chat/join/{invite['token']}")
    assert len(joined["participants"]) == 5
    unwanted = await anna.call("POST", f"{one}/invites", status=201)
    await anna.call("DELETE", f"{one}/invites/{unwanted['key']}", status=204)
    for spent in (invite, unwanted):
        assert await clara.refused("POST", f"/chat/join/{spent['token']}") == "NOT_FOUND"

    changed = await anna.call("PATCH", one, {"name": "Journey", "policy": "quiet"})
    assert (changed["name"], changed["policy"]) == ("Journey", "quiet")
    await anna.call("DELETE", f"{one}/agents/cook", status=204)
    assert await anna.refused("POST", f"{one}/agents", {"agent": "nobody"}) == "NOT_FOUND"
    again = await anna.call("POST", f"{one}/agents", {"agent": "cook"})
    assert "agent:cook" in [who["id"] for who in again["participants"]]
    assert (await boris.call("POST", f"{one}/stop"))["stopped"] >= 0

    assert await boris.refused("DELETE", f"{one}/participants/tg:9") == "FORBIDDEN"
    await clara.call("DELETE", f"{one}/participants/tg:9", status=204)
    assert await anna.refused("DELETE", f"{one}/participants/tg:7") == "FORBIDDEN"


async def test_what_was_said_can_be_read_and_taken_back(house: ChatHouse) -> None:
    anna, boris = await house.person(ANNA), await house.person(BORIS)
    talk = await anna.creates(BORIS)
    async with anna.socket(talk) as a:
        for number in range(3):
            await a.say(f"secret {number} <b>&", f"m{number}")
            await a.next("ack")
        assert await boris.refused("POST", f"/chat/{talk}/messages/2/redact") == "FORBIDDEN"
        await anna.call("POST", f"/chat/{talk}/messages/2/redact", status=204)
        assert (await a.next("redact"))["sequence_id"] == 2
    page = await boris.call("GET", f"/chat/{talk}/messages?after=1&limit=2")

    assert [(one["content"], one.get("redacted", False)) for one in page["messages"]] == [
        ("", True),
        ("secret 2 <b>&", False),
    ]
    assert await anna.refused("POST", f"/chat/{talk}/messages/99/redact") == "NOT_FOUND"


async def test_telegram_names_people_for_an_hour(house: ChatHouse) -> None:
    async def sign_in(data: str) -> str:
        return await house.nobody.refused("POST", "/auth/telegram", {"init_data": data})

    signed = await house.nobody.call("POST", "/auth/telegram", {"init_data": init_data(ANNA)})
    assert (signed["participant_id"], signed["name"]) == ("tg:7", "Anna")
    for wrong in (
        init_data(ANNA, age=3700),
        init_data(ANNA, age=-600),
        init_data(ANNA, token="2:other"),
        init_data(ANNA).replace("Anna", "Olga"),
        "hash=%C3%A9",
    ):
        assert await sign_in(wrong) == "UNAUTHORIZED"

    tma = {"Authorization": f"tma {init_data(ANNA)}"}
    talk = (await house.nobody.call("POST", "/chat/conversations", status=201, headers=tma))[
        "conversation_id"
    ]
    assert await house.nobody.knocks(talk, headers=tma) == 101


async def test_a_link_works_once_and_a_ban_ends_every_session(house: ChatHouse) -> None:
    anna = await house.person(ANNA)
    link = await house.front.sessions.make_link(UserId(ANNA), "Anna")
    signed = await house.nobody.call("POST", "/auth/link", {"link": link})
    assert await house.nobody.refused("POST", "/auth/link", {"link": link}) == "UNAUTHORIZED"
    mine = {"Authorization": f"Bearer {signed['token']}"}
    assert "conversations" in await house.nobody.call("GET", "/chat/conversations", headers=mine)
    await house.services.people.decide(UserId(ANNA), Standing.BANNED, "Olga")
    for who in (anna.headers, mine):
        assert await anna.refused("GET", "/chat/conversations", headers=who) == "FORBIDDEN"

    given = {"login": "anna", "password": "wrong"}
    for _ in range(5):
        assert await house.nobody.refused("POST", "/auth/login", given) == "UNAUTHORIZED"
    assert await house.nobody.refused("POST", "/auth/login", given) == "RATE_LIMITED"


async def test_browsers_are_let_in_by_a_protocol_and_foreign_pages_are_not(
    house: ChatHouse,
) -> None:
    anna = await house.person(ANNA)
    talk = await anna.creates()
    coded = base64.urlsafe_b64encode(anna.token.encode()).decode().rstrip("=")
    protocols = ("luka.chat.v1", f"luka.auth.{coded}")
    async with house.nobody.socket(talk, protocols=protocols, origin=house.home) as a:
        assert a.ws.protocol == "luka.chat.v1"
        assert (await a.next("welcome"))["participant_id"] == "tg:7"

    assert await anna.knocks(talk, headers={"Origin": "https://evil.example"}) == 403
    foreign = {"Origin": "https://evil.example"}
    assert await anna.refused("POST", "/chat/conversations", {}, headers=foreign) == "FORBIDDEN"
    assert await house.nobody.knocks(talk) == 401
    assert await anna.knocks(NOWHERE) == 404


async def test_limits_of_sockets_people_and_the_wire(tmp_path: Path) -> None:
    rules, limits = SocketRules(per_human=1, require_wss=True), ChatLimits(max_participants=2)
    async with chat_house(tmp_path, rules, limits) as house:
        anna, boris, clara = [await house.person(one) for one in (ANNA, BORIS, CLARA)]
        talk = await anna.creates(BORIS)
        tls = {"X-Forwarded-Proto": "https"}
        assert await anna.knocks(talk) == 403
        forged = {"X-Forwarded-Proto": "https, http"}
        assert await anna.knocks(talk, headers=forged) == 403
        headers = {**anna.headers, **tls}
        async with anna.socket(talk, headers=headers) as a:
            await a.next("welcome")
            assert await anna.knocks(talk, headers=tls) == 429
        invite = await anna.call("POST", f"/chat/{talk}/invites", status=201)
        joining = f"/chat/join/{invite['token']}"
        assert await clara.refused("POST", joining) == "PARTICIPANT_LIMIT"
        await boris.call("DELETE", f"/chat/{talk}/participants/tg:8", status=204)
        await clara.call("POST", joining)


async def test_the_model_alone_answers_line_by_line(house: ChatHouse) -> None:
    anna = await house.person(ANNA)
    lines = [
        json.loads(one)
        for one in (await anna.call("POST", "/ask", {"content": "Hi"})).split("\n")
        if one
    ]

    assert "".join(one.get("delta", "") for one in lines) == "Hello there."
    assert lines[-1] == {"done": True}
    assert await house.nobody.refused("POST", "/ask", {"content": "Hi"}) == "UNAUTHORIZED"


async def test_operators_see_numbers_and_strangers_no_conversations(house: ChatHouse) -> None:
    anna, boris = await house.person(ANNA), await house.person(BORIS)
    talk = await anna.creates(BORIS, agents=["luka"])
    async with anna.socket(talk) as a, boris.socket(talk) as b:
        await a.next("sync")
        await b.next("sync")
        health = await house.nobody.call("GET", "/health/chat")
        outside = await boris.call("GET", "/health/chat", headers={"X-Forwarded-For": "9.9.9.9"})
        metrics = await house.nobody.call("GET", "/metrics/chat")

    assert health == {
        "status": "ok",
        "connections": 2,
        "conversations": 1,
        "participants_by_conversation": {talk: {"humans": 2, "ai_agents": 1}},
        "queue_depths": {talk: 0},
        "storage": "connected",
    }
    assert sorted(outside) == ["connections", "conversations", "status", "storage"]
    assert "luka_chat_sockets 2.0" in metrics
    assert "luka_chat_handshake_seconds_bucket" in metrics
    assert "luka_updates_total" not in metrics
