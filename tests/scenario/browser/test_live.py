"""What the bot does shows in the page at once, and disturbs nobody who reads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import Page, expect

from luka_bot.demo.telegram.furnish import furnish
from luka_bot.demo.telegram.local import LocalTelegram
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, over

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AT_BOTTOM = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
LINES = "\n".join(f"line {number}" for number in range(80))


@asynccontextmanager
async def opened_at(port: int) -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(port=port) as telegram:
        furnish(telegram)
        yield telegram


async def is_at_bottom(page: Page) -> bool:
    return bool(await page.locator("#log").evaluate(AT_BOTTOM))


async def scroll_to_top(page: Page) -> None:
    await page.locator("#log").evaluate("log => { log.scrollTop = 0; }")
    await expect(page.locator("#newer")).to_be_visible()


async def test_a_growing_answer_grows_in_place(open_page: Open, bot: TinyBot) -> None:
    answer = await bot.says(7, "Once")
    page = await open_page()
    row = page.locator(f"[data-id='{answer}']")
    await row.evaluate("row => { row.querySelector('.text').dataset.kept = 'yes'; }")
    for text in ("Once upon", "Once upon a time"):
        await bot.edits(7, answer, text)
        await expect(row.locator(".text")).to_have_text(text)
    await expect(row.locator(".meta")).to_contain_text("edited")
    await expect(page.locator(".row")).to_have_count(1)


async def test_a_revealed_spoiler_stays_open_while_the_answer_grows(
    open_page: Open, bot: TinyBot
) -> None:
    text = "It was the butler"
    answer = await bot.says(7, text, over(text, "the butler", "spoiler"))
    page = await open_page()
    await page.locator(".spoiler").click()
    grown = f"{text}, of course"
    await bot.edits(7, answer, grown, entities=[over(grown, "the butler", "spoiler")])
    await expect(page.locator(".text")).to_have_text(grown)
    await expect(page.locator(".spoiler")).to_have_attribute("data-open", "")


async def test_a_reader_at_the_bottom_stays_there_while_text_grows(
    open_page: Open, bot: TinyBot
) -> None:
    answer = await bot.says(7, "Counting")
    page = await open_page()
    await bot.edits(7, answer, LINES)
    await expect(page.get_by_text("line 79")).to_be_in_viewport()
    assert await is_at_bottom(page)


async def test_a_reader_further_up_is_left_alone_and_told_of_new_messages(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, LINES)
    page = await open_page()
    await expect(page.locator(".row")).to_have_count(1)
    await scroll_to_top(page)
    await bot.says(7, "Something new")
    newer = page.get_by_role("button", name="1 new messages")
    await expect(newer).to_be_visible()
    assert await page.locator("#log").evaluate("log => log.scrollTop") == 0
    await newer.click()
    await expect(page.get_by_role("log").get_by_text("Something new")).to_be_in_viewport()
    await expect(newer).to_be_hidden()


async def test_typing_shows_until_the_answer_comes(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    await expect(page.locator("#chat-status")).to_contain_text("bot")
    await bot.types(7)
    await expect(page.locator("#chat-status")).to_have_text("luka is typing…")
    await expect(page.get_by_role("img", name="luka is typing")).to_be_visible()
    await bot.says(7, "Here")
    await expect(page.get_by_role("img", name="luka is typing")).to_be_hidden()
    await expect(page.locator("#chat-status")).not_to_contain_text("typing")


async def test_a_deleted_message_is_gone(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Stays")
    goes = await bot.says(7, "Goes")
    page = await open_page()
    await expect(page.locator(".row")).to_have_count(2)
    await bot.deletes(7, goes)
    await expect(page.locator(".row .text")).to_have_text(["Stays"])


async def test_after_a_lost_connection_the_page_says_so_and_catches_up(open_page: Open) -> None:
    page = await open_page()
    async with opened_at(0) as telegram:
        port = int(telegram.url.rpartition(":")[2])
        await page.goto(telegram.url)
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.get_by_text("Reconnecting…")).to_be_visible()
    await expect(page.get_by_text("The demo was restarted")).to_have_count(0)
    async with opened_at(port) as telegram, TinyBot.of(telegram) as bot:
        await bot.says(7, "I am back")
        await expect(page.get_by_text("Reconnecting…")).to_be_hidden()
        await expect(page.locator(".row .text")).to_have_text(["I am back"])
        await bot.says(7, "And live")
        await expect(page.locator(".row .text")).to_have_text(["I am back", "And live"])


async def test_a_restart_that_took_messages_away_is_told_where_they_were(open_page: Open) -> None:
    page = await open_page()
    async with opened_at(0) as telegram, TinyBot.of(telegram) as bot:
        port = int(telegram.url.rpartition(":")[2])
        await page.goto(telegram.url)
        await bot.says(7, "What shall it be called?", reply_markup={"force_reply": True})
        await expect(page.locator("#context")).to_contain_text("Reply to luka")
    async with opened_at(port) as telegram, TinyBot.of(telegram) as bot:
        await expect(page.get_by_text("The demo was restarted; earlier messages")).to_be_visible()
        await expect(page.locator("#context")).to_be_hidden()
        await bot.says(7, "I am back")
        await expect(page.locator(".row .text")).to_have_text(["I am back"])
        await expect(page.get_by_text("The demo was restarted")).to_be_visible()
        await page.get_by_role("navigation").get_by_role("button", name="Family").click()
        await expect(page.get_by_text("The demo was restarted")).to_have_count(0)


async def test_a_needless_edit_is_no_failure(open_page: Open, bot: TinyBot) -> None:
    message = await bot.says(7, "Same")
    page = await open_page()
    for text, answer in (("Same", "needless"), ("  ", "refused"), ("New", "done")):
        with suppress(AssertionError):
            await bot.edits(7, message, text)
        await expect(page.locator("#calls li").first).to_have_attribute("data-end", answer)
