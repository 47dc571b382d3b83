"""Mini Apps: buttons that open them, and who they are told asks."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiogram.utils.web_app import WebAppInitData, safe_parse_webapp_init_data

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.web_app import init_data, is_allowed, launch_url
from tests.unit.demo_telegram.conftest import Api

APP = "https://luka.example/app"


def keys(url: str = APP) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": "Open", "web_app": {"url": url}}]]}


def menu(url: str = APP) -> dict[str, object]:
    return {"type": "web_app", "text": "Chat", "web_app": {"url": url}}


def told(telegram: LocalTelegram, address: str) -> WebAppInitData:
    """As a Mini App's server takes apart what came in the fragment."""
    (data,) = parse_qs(urlsplit(address).fragment)["tgWebAppData"]
    return safe_parse_webapp_init_data(telegram.token, data)


async def test_the_button_of_a_message_opens_it_signed(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    await api("sendMessage", chat_id=7, text="Here", reply_markup=keys())
    assert telegram.shown(7)[-1].keyboard[0][0].web_app == APP
    address = await anna.opens_web_app("Open")
    data = told(telegram, address)
    assert address.startswith(f"{APP}#tgWebAppData=")
    assert data.user is not None
    assert (data.user.id, data.user.username, data.user.language_code) == (7, "anna", "en")
    assert abs(data.auth_date.timestamp() - telegram.world.clock()) < 5


async def test_the_menu_button_opens_it_where_it_was_set(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    assert (await api("getChatMenuButton", chat_id=7)).result == {"type": "default"}
    with pytest.raises(LookupError):
        await anna.opens_web_app()
    await api("setChatMenuButton", menu_button=menu())
    assert told(telegram, await anna.opens_web_app()).user is not None
    await api("setChatMenuButton", chat_id=7, menu_button=menu(f"{APP}/7"))
    assert (await anna.opens_web_app()).startswith(f"{APP}/7#")
    await api("setChatMenuButton", chat_id=7)
    assert (await api("getChatMenuButton")).result["text"] == "Chat"


async def test_groups_and_plain_http_have_none(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    telegram.group(-100, "Family", [anna])
    refused = await api("sendMessage", chat_id=-100, text="x", reply_markup=keys())
    assert refused.refusal == "Bad Request: BUTTON_TYPE_INVALID"
    refused = await api("sendMessage", chat_id=7, text="x", reply_markup=keys("http://x.org"))
    assert "Only HTTPS links are allowed" in refused.refusal
    assert is_allowed("http://127.0.0.1:8080/app")  # of ours alone


async def test_the_page_gets_an_address_only_for_what_a_button_offers(
    telegram: LocalTelegram, anna: Person, session: aiohttp.ClientSession, api: Api
) -> None:
    await api("sendMessage", chat_id=7, text="Here", reply_markup=keys())
    wish: dict[str, object] = {"person_id": anna.id, "chat_id": 7, "url": APP}
    async with session.post(f"{telegram.url}/demo/web_app", json=wish) as response:
        assert told(telegram, (await response.json())["url"]).user is not None
    wish["url"] = "https://elsewhere.example"
    async with session.post(f"{telegram.url}/demo/web_app", json=wish) as response:
        assert response.status == 400


def test_another_tokens_signature_is_refused(telegram: LocalTelegram, anna: Person) -> None:
    account = telegram.world.accounts[anna.id]
    data = init_data("2:other", account, 1_790_000_000, start_param="x")
    assert safe_parse_webapp_init_data("2:other", data).start_param == "x"
    with pytest.raises(ValueError, match="Invalid"):
        safe_parse_webapp_init_data(telegram.token, data)


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        (APP, f"{APP}#tgWebAppData=d&"),
        (f"{APP}#", f"{APP}#tgWebAppData=d&"),
        (f"{APP}#/place", f"{APP}#/place?tgWebAppData=d&"),
        (f"{APP}#a=1", f"{APP}#a=1&tgWebAppData=d&"),
    ],
)
def test_a_fragment_of_the_apps_own_stays(url: str, begins: str) -> None:
    assert launch_url(url, "d").startswith(begins)


async def test_the_menu_shows_the_narrowest_commands(
    telegram: LocalTelegram, anna: Person, api: Api
) -> None:
    telegram.group(-100, "Family", [anna, telegram.person(8, "Борис", language="ru")])
    for scope, command in (
        ({"type": "default"}, "any"),
        ({"type": "all_group_chats"}, "groups"),
        ({"type": "all_chat_administrators"}, "leads"),
        ({"type": "all_private_chats"}, "home"),
    ):
        commands = [{"command": command, "description": "x"}]
        await api("setMyCommands", commands=commands, scope=scope)
    assert [telegram.menu(7), telegram.menu(7, -100), telegram.menu(8, -100)] == [
        ["home"],
        ["leads"],
        ["groups"],
    ]
    narrow: dict[str, object] = {"type": "chat", "chat_id": -100}
    commands = [{"command": "here", "description": "x"}]
    await api("setMyCommands", commands=commands, scope=narrow, language_code="ru")
    assert telegram.menu(8, -100) == ["here"]
