"""What calls take, and that the document and the manual say so."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # no types of theirs

from luka_bot.web.chat.openapi import document
from luka_bot.web.chat.table import CALLS
from tests.architecture.tree import ROOT
from tests.scenario.web.chat_house import ANNA, ChatHouse, chat_house

NOWHERE = "0" * 32
WRONG_BODIES: tuple[object, ...] = (
    [],
    1,
    None,
    "text",
    {"name": 5},
    {"name": ""},
    {"name": "x" * 65},
    {"agents": "luka"},
    {"agents": ["../x"]},
    {"participants": ["agent:luka"]},
    {"participants": ["tg:" + "9" * 40]},
    {"unknown": True},
    {"uses": 0},
    {"uses": 10**30},
    {"expires_in": "soon"},
    {"content": ""},
    {"content": "\ud800"},
    {"init_data": "hash=%C3%A9&auth_date=x"},
    {"agent": "Ä"},
    {"policy": "loud"},
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ChatHouse]:
    async with chat_house(tmp_path) as house:
        yield house


async def test_nothing_malformed_breaks_anything(house: ChatHouse) -> None:
    anna = await house.person(ANNA)
    talk = await anna.creates()
    for call in CALLS:
        for wrong in WRONG_BODIES if call.body else ():
            path = call.path.replace("{id}", talk)
            asking = anna.session.request(
                call.method, house.home + path, data=json.dumps(wrong), headers=anna.headers
            )
            async with asking as got:
                assert 400 <= got.status < 500, (call.name, wrong, got.status)
    for path in (
        "/chat/nothing/messages",
        f"/chat/{talk}/messages?after=-1",
        f"/chat/{talk}/messages?after=x&limit=9999999999999999999999",
        f"/chat/{talk}/nothing",
        "/chat/%ff%00/messages",
        "/chat/ws/x",
        f"/chat/ws/{talk}",
        f"/chat/ws/{talk}?last_seq=x",
    ):
        assert await anna.refused("GET", path) in {"BAD_FRAME", "NOT_FOUND"}
    for path in (f"/chat/{talk}/messages/x/redact", "/chat/join/%2e%2e", "/auth/nothing"):
        assert await anna.refused("POST", path) == "NOT_FOUND"
    large = {"content": "x" * 200_000}
    assert await anna.refused("POST", "/ask", large) == "TOO_LARGE"
    assert await anna.refused(
        "GET", "/chat/conversations", headers={"Authorization": "Bearer \x80"}
    ) == ("UNAUTHORIZED")


async def test_routes_document_and_manual_are_the_same(house: ChatHouse) -> None:
    served = await house.nobody.call("GET", "/openapi.json")
    known = {(call.method, call.path) for call in CALLS}
    routes = {
        (one.method, one.path)
        for one in house.front.routes
        if one.method != "*" and not one.path.startswith("/app")
    }
    documented = {
        (method.upper(), path) for path, item in served["paths"].items() for method in item
    }
    manual = (ROOT / "docs" / "chat.md").read_text("utf-8")

    assert routes == documented == known
    assert [
        f"`{method} {path}`" for method, path in known if f"`{method} {path}`" not in manual
    ] == []
    assert served == json.loads(json.dumps(document()))
    for schema in served["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
