"""The demo page gets the state, events, and a sentence where something can't be done."""

import json

import aiohttp
import pytest

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.page_api import CONTENT_SECURITY, PAGE
from luka_bot.models.ids import ChatId
from tests.unit.demo_telegram.conftest import Api

PNG = b"\x89PNG not really"


async def posted(
    session: aiohttp.ClientSession, url: str, **wish: object
) -> tuple[int, dict[str, object]]:
    async with session.post(url, json=wish) as response:
        return response.status, await response.json()


async def test_the_state_shows_people_chats_and_messages(
    telegram: LocalTelegram, anna: Person, session: aiohttp.ClientSession, api: Api
) -> None:
    telegram.group(-100, "Family", [anna])
    telegram.model = "scripted"
    hers = await anna.writes("Hi")
    keys = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    reply = {"message_id": hers}
    await api("sendMessage", chat_id=7, text="Ho", reply_markup=keys, reply_parameters=reply)
    async with session.get(f"{telegram.url}/demo/state") as response:
        state = await response.json()
    assert state["people"][0]["name"] == "Anna"
    assert [one["id"] for one in state["chats"]] == [7, -100]
    assert state["model"] == "scripted"
    shown = state["messages"]["7"][1]
    assert shown["keyboard"] == [[{"text": "Go", "data": "go"}]]
    assert shown["reply_to"] == {"message_id": hers, "from_name": "Anna", "text": "Hi"}


async def test_commands_fall_back_to_those_without_a_language(
    telegram: LocalTelegram, session: aiohttp.ClientSession, api: Api
) -> None:
    telegram.person(8, "Борис", language="ru")
    await api("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    async with session.get(f"{telegram.url}/demo/state") as response:
        state = await response.json()
    assert state["commands"]["ru"] == [{"command": "start", "description": "Begin"}]
    assert telegram.commands() == ["start"]


async def test_people_send_tap_and_edit_by_the_page(
    telegram: LocalTelegram, anna: Person, session: aiohttp.ClientSession, api: Api
) -> None:
    who, url = {"person_id": anna.id, "chat_id": 7}, f"{telegram.url}/demo"
    status, sent = await posted(session, f"{url}/send", **who, text="/start", reply_to=None)
    assert status == 200
    await posted(session, f"{url}/edit", **who, message_id=sent["message_id"], text="Hi")
    _, tap = await posted(session, f"{url}/tap", **who, message_id=1, data="x")
    updates = (await api("getUpdates")).result
    assert [list(one)[1] for one in updates] == ["message", "edited_message", "callback_query"]
    assert updates[2]["callback_query"]["id"] == tap["query_id"]


@pytest.mark.parametrize(
    "wish",
    [
        {"person_id": 7, "chat_id": 7, "text": "  "},
        {"person_id": 7, "chat_id": 7, "text": "x" * 4097},
        {"person_id": 7, "chat_id": 8, "text": "x"},
        {"person_id": "who", "chat_id": 7, "text": "x"},
        {"text": "x"},
    ],
)
@pytest.mark.usefixtures("anna")
async def test_what_cannot_be_done_is_told_in_a_sentence(
    telegram: LocalTelegram, session: aiohttp.ClientSession, wish: dict[str, object]
) -> None:
    status, body = await posted(session, f"{telegram.url}/demo/send", **wish)
    assert status == 400
    assert body["error"]


@pytest.mark.usefixtures("anna")
async def test_another_sites_page_may_not_write(
    telegram: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    wish = {"person_id": 7, "chat_id": 7, "text": "x"}
    headers = {"Origin": "https://evil.example"}
    async with session.post(f"{telegram.url}/demo/send", json=wish, headers=headers) as response:
        assert response.status == 403
    assert telegram.shown(7) == []


@pytest.mark.parametrize(
    ("name", "mime", "served", "disposition"),
    [
        ("x.png", "image/png", "image/png", None),
        ("x.html", "text/html", "application/octet-stream", "attachment"),
        ("x.svg", "image/svg+xml", "application/octet-stream", "attachment"),
    ],
)
@pytest.mark.usefixtures("anna")
async def test_only_pictures_open_in_the_page(
    telegram: LocalTelegram,
    session: aiohttp.ClientSession,
    name: str,
    mime: str,
    served: str,
    disposition: str | None,
) -> None:
    form = aiohttp.FormData({"person_id": "7", "chat_id": "7", "kind": "document"})
    form.add_field("file", PNG, filename=name, content_type=mime)
    async with session.post(f"{telegram.url}/demo/upload", data=form) as response:
        assert response.status == 200
    (file_id,) = telegram.world.files
    async with session.get(f"{telegram.url}/demo/files/{file_id}") as response:
        assert (response.content_type, await response.read()) == (served, PNG)
        assert response.headers.get("Content-Disposition") == disposition
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_events_come_as_they_happen(
    telegram: LocalTelegram, anna: Person, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{telegram.url}/demo/events") as response:
        assert response.content_type == "text/event-stream"
        await response.content.readuntil(b": hello\n\n")
        hers = await anna.writes("Hi")
        telegram.world.delete(telegram.world.chats[ChatId(7)], [hers])
        lines = [await response.content.readuntil(b"\n\n") for _ in range(2)]
    events = [json.loads(line.removeprefix(b"data: ")) for line in lines]
    assert [one["event"] for one in events] == ["message", "deleted"]
    assert events[0]["message"]["text"] == "Hi"


async def test_the_page_is_served_with_a_strict_policy(
    telegram: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    if not (PAGE / "index.html").is_file():
        pytest.skip("the page isn't built into this tree")
    async with session.get(telegram.url) as response:
        assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY


@pytest.mark.parametrize("path", ["/..%2fpage_api.py", "/secret.py", "/demo/files/nope"])
async def test_nothing_else_is_served(
    telegram: LocalTelegram, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(f"{telegram.url}{path}") as response:
        assert response.status == 404
