"""Topics of a forum, ranks, and a Mini App over the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import pytest
from aiogram.utils.web_app import safe_parse_webapp_init_data
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.furnish import CLUB
from luka_bot.models.ids import ChatId, UserId
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PAGE = """<!doctype html><link rel="icon" href="data:,"><button></button><script>
const button = document.querySelector("button");
button.textContent = location.hash;
button.onclick = () => parent.postMessage(JSON.stringify({eventType: "web_app_close"}), "*");
</script>"""


async def test_a_topic_is_opened_and_written_to_alone(
    open_page: Open, telegram: LocalTelegram, bot: TinyBot
) -> None:
    olga = Person(telegram.world, UserId(9))
    novels, poems = telegram.world.chats[ChatId(CLUB)].topics
    page = await open_page(f"#7/{CLUB}")
    await expect(page.locator(".topic")).to_have_text(["General", "Novels", "Poems"])
    await page.get_by_role("button", name="Poems", exact=True).click()
    await page.locator("#input").fill("A sonnet?")
    await page.keyboard.press("Enter")
    message = await bot.hears("message")
    assert (message["text"], message["message_thread_id"]) == ("A sonnet?", poems)
    await expect(page.locator(".row.own .text")).to_have_text("A sonnet?")
    await olga.writes("Not here", chat=CLUB, topic=novels)
    await bot.says(CLUB, "Gladly", message_thread_id=poems)
    await expect(page.locator(".row .text")).to_have_text(["A sonnet?", "Gladly"])
    await page.goto(page.url.partition("#")[0] + f"#9/{CLUB}/{poems}")
    await expect(page.locator(".sender").first).to_have_text("Annaowner")


@asynccontextmanager
async def mini_app() -> AsyncIterator[str]:
    """The address of a page that shows its fragment and closes itself when pressed."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/app", page)])
    async with TestServer(app) as server:
        yield str(server.make_url("/app"))


async def test_a_mini_app_opens_over_the_page_and_closes_itself(
    open_page: Open, telegram: LocalTelegram, bot: TinyBot
) -> None:
    async with mini_app() as address:
        keys = {"inline_keyboard": [[{"text": "Open luka", "web_app": {"url": address}}]]}
        await bot.says(7, "Here", reply_markup=keys)
        page = await open_page("#7/7")
        await page.get_by_role("button", name="Open luka", exact=True).click()
        inside = page.frame_locator("#mini-app-frame").get_by_role("button")
        await expect(inside).to_contain_text("#tgWebAppData=query_id")
        told = parse_qs((await inside.inner_text())[1:])
        assert "tgWebAppThemeParams" in told
        data = safe_parse_webapp_init_data(telegram.token, told["tgWebAppData"][0])
        assert data.user is not None
        assert data.user.first_name == "Anna"
        await inside.click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
