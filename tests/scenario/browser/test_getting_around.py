"""People, chats, commands, themes and small screens."""

import pytest
from playwright.async_api import Page, expect

from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE = (360, 640)


async def theme_of(page: Page) -> str:
    return str(await page.evaluate("document.documentElement.dataset.theme"))


async def test_commands_are_found_by_typing_and_sent_by_enter(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "Hello")
    await bot.offers("", start="Begin", chats="Your threads", clear="Forget")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.press_sequentially("/c")
    await expect(page.get_by_role("option")).to_have_count(2)
    await box.press("ArrowDown")
    await expect(page.get_by_role("option", selected=True)).to_contain_text("/clear")
    await box.press("Enter")
    assert (await bot.hears("message"))["text"] == "/clear"
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(box).to_have_value("")


async def test_escape_closes_the_menu_for_this_message_and_tab_completes_in_the_next(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "Hello")
    await bot.offers("", new="A new thread")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.press_sequentially("/n")
    await box.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await box.press("Enter")
    await expect(page.locator(".row.own .text")).to_have_text("/n")
    await box.press_sequentially("/n")
    await expect(page.get_by_role("option")).to_have_count(1)
    await box.press("Tab")
    await expect(box).to_have_value("/new ")


async def test_everybody_gets_commands_in_their_language(open_page: Open, bot: TinyBot) -> None:
    await bot.offers("", chats="Your threads")
    await bot.offers("ru", chats="Ваши беседы")
    await bot.says(8, "Привет")
    page = await open_page("#8/8")
    await page.get_by_role("button", name="Commands").click()
    await expect(page.get_by_role("option")).to_have_text("/chatsВаши беседы")


async def test_switching_people_switches_chats_and_keeps_drafts(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "For Anna")
    await bot.says(8, "Для Бориса")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.fill("half a thou")
    await page.get_by_role("radio", name="Борис").click()
    await expect(page.locator(".row .text")).to_have_text("Для Бориса")
    await expect(box).to_have_value("")
    await box.fill("это Борис")
    await box.press("Enter")
    sender = (await bot.hears("message"))["from"]
    assert isinstance(sender, dict)
    assert sender["id"] == 8
    await page.get_by_role("radio", name="Anna").click()
    await expect(page.locator(".row .text")).to_have_text("For Anna")
    await expect(box).to_have_value("half a thou")


async def test_others_are_on_the_left_with_their_names_in_a_group(
    open_page: Open, bot: TinyBot
) -> None:
    page = await open_page("#8/-100200")
    box = page.get_by_role("textbox", name="Message")
    await box.fill("Привет")
    await box.press("Enter")
    await expect(page.locator(".row.own .text")).to_have_text("Привет")
    await bot.says(-100200, "Hello, all")
    await page.get_by_role("radio", name="Anna").click()
    await expect(page.locator(".row.other .sender")).to_have_text(["Борис", "luka"])
    await expect(page.locator(".row.own")).to_have_count(0)


async def test_unread_messages_are_counted_until_the_chat_is_opened(
    open_page: Open, bot: TinyBot
) -> None:
    page = await open_page("#7/-100200")
    await expect(page.locator("#chat-title")).to_have_text("Family")
    await bot.says(7, "One")
    await bot.says(7, "Two lines\nin the preview")
    entry = page.get_by_role("navigation").get_by_role("button", name="luka")
    await expect(entry.locator(".badge")).to_have_text("2")
    await expect(entry).to_contain_text("Two lines in the preview")
    await bot.says(8, "Борису")
    await expect(page.get_by_role("radio", name="Борис").locator(".badge")).to_have_text("1")
    await page.reload()
    await expect(entry.locator(".badge")).to_have_text("2")
    await entry.click()
    await expect(entry.locator(".badge")).to_have_count(0)


async def test_a_count_of_unread_messages_covers_no_letter(open_page: Open, bot: TinyBot) -> None:
    page = await open_page()
    for number in range(12):
        await bot.says(8, f"Борису {number}")
    badge = page.get_by_role("radio", name="Борис").locator(".badge")
    await expect(badge).to_have_text("12")
    covers = """badge => {
      const letter = document.createRange();
      letter.selectNodeContents(badge.parentNode.querySelector(".avatar"));
      const [one, other] = [letter.getBoundingClientRect(), badge.getBoundingClientRect()];
      return one.right > other.left && one.top < other.bottom;
    }"""
    assert not await badge.evaluate(covers)


async def test_the_header_says_what_answers(open_page: Open) -> None:
    page = await open_page()
    await expect(page.locator("#model")).to_have_text("a tiny bot for tests")


async def test_the_theme_follows_the_system_until_it_is_chosen(open_page: Open) -> None:
    page = await open_page(dark=True)
    assert await theme_of(page) == "dark"
    await page.get_by_role("button", name="Switch to the light theme").click()
    assert await theme_of(page) == "light"
    await page.reload()
    await expect(page.get_by_role("button", name="Switch to the dark theme")).to_be_visible()
    assert await theme_of(page) == "light"


async def test_a_phone_shows_the_chat_or_the_list_and_a_way_back(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "A word of two hundred letters: " + "a" * 200)
    page = await open_page(size=PHONE)
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await page.get_by_role("button", name="Back to the chats").click()
    await expect(page.get_by_role("log")).to_be_hidden()
    await page.get_by_role("navigation").get_by_role("button", name="Family").click()
    await expect(page.locator("#chat-title")).to_have_text("Family")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE[0]


async def test_the_arrows_walk_through_messages_and_enter_replies(
    open_page: Open, bot: TinyBot
) -> None:
    first = await bot.says(7, "One")
    second = await bot.says(7, "Two")
    page = await open_page()
    await page.get_by_role("log").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(f"[data-id='{second}']")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(f"[data-id='{first}']")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#context")).to_contain_text("Reply to luka")
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
