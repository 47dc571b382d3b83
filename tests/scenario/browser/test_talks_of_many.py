"""Topics of a forum, ranks, and a Mini App over the page."""

import pytest
from playwright.async_api import expect

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.furnish import CLUB
from luka_bot.models.ids import ChatId, UserId
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_topic_is_opened_and_written_to_alone(
    open_page: Open, telegram: LocalTelegram, bot: TinyBot
) -> None:
    olga = Person(telegram.world, UserId(9))
    novels, poems = telegram.world.chats[ChatId(CLUB)].topics
    page = await open_page(f"#7/{CLUB}")
    await expect(page.locator(".topic")).to_have_text(["General", "Novels", "Poems"])
    await page.get_by_role("button", name="Poems").click()
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


async def test_a_mini_app_opens_over_the_page_and_closes_itself(
    open_page: Open, telegram: LocalTelegram, bot: TinyBot
) -> None:
    app = f"{telegram.url}/summary.js"  # any file will do; the fragment is what counts
    keys = {"inline_keyboard": [[{"text": "Open luka", "web_app": {"url": app}}]]}
    await bot.says(7, "Here", reply_markup=keys)
    page = await open_page("#7/7")
    await page.get_by_role("button", name="Open luka").click()
    frame = page.locator("#mini-app-frame")
    await expect(page.get_by_role("dialog")).to_be_visible()
    address = await frame.get_attribute("src") or ""
    assert address.startswith(f"{app}#tgWebAppData=query_id%3D")
    assert "tgWebAppThemeParams" in address
    await page.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
