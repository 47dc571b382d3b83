"""A person writes in the page, and the bot hears it."""

from base64 import b64decode

import pytest
from playwright.async_api import FilePayload, expect

from luka_bot.demo.telegram.local import LocalTelegram
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, units

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

ONE_PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
)


async def test_a_new_visitor_presses_start_and_the_bot_hears_it(
    open_page: Open, bot: TinyBot
) -> None:
    page = await open_page()
    await expect(page.get_by_text("What can this bot do?")).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()
    heard = await bot.hears("message")
    assert heard["text"] == "/start"
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    await expect(page.get_by_text("What can this bot do?")).to_be_hidden()


async def test_before_start_the_bot_describes_itself_in_each_persons_language(
    open_page: Open, bot: TinyBot
) -> None:
    page = await open_page()
    await expect(page.locator(".about")).to_contain_text("runs on your own machine")
    await bot.describes_itself("", "I answer.\n<b>Ask!</b>")
    await bot.describes_itself("ru", "Я отвечаю.")
    await expect(page.locator(".about")).to_have_text("I answer. <b>Ask!</b>")
    await page.get_by_role("radio", name="Борис").click()
    await expect(page.locator(".about")).to_have_text("Я отвечаю.")


async def test_enter_sends_and_shift_enter_begins_a_line(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.press_sequentially("one")
    await box.press("Shift+Enter")
    await box.press_sequentially("two")
    await box.press("Enter")
    heard = await bot.hears("message")
    assert heard["text"] == "one\ntwo"
    await expect(page.locator(".row.own .text")).to_have_text("one\ntwo")
    await expect(box).to_have_value("")


async def test_quick_messages_keep_their_order(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    for word in ("one", "two", "three"):
        await box.fill(word)
        await box.press("Enter")
    assert [(await bot.hears("message"))["text"] for _ in range(3)] == ["one", "two", "three"]


async def test_a_long_paste_is_cut_as_telegram_cuts_it(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    await page.get_by_role("textbox", name="Message").fill("word 🙂 " * 900)
    await page.get_by_role("button", name="Send").click()
    pieces = [str((await bot.hears("message"))["text"]) for _ in range(2)]
    assert units(pieces[0]) > 4000
    assert " ".join(pieces).split() == ["word", "🙂"] * 900


async def test_a_reply_quotes_and_the_quote_leads_back(open_page: Open, bot: TinyBot) -> None:
    first = await bot.says(7, "The first words")
    page = await open_page()
    await page.locator(f"[data-id='{first}']").hover()
    await page.get_by_role("button", name="Reply").click()
    await page.get_by_role("textbox", name="Message").fill("About that")
    await page.keyboard.press("Enter")
    heard = await bot.hears("message")
    assert isinstance(heard["reply_to_message"], dict)
    assert heard["reply_to_message"]["message_id"] == first
    await page.get_by_role("button", name="Go to the message of luka").click()
    await expect(page.locator(f"[data-id='{first}']")).to_be_focused()


async def test_arrow_up_edits_the_last_message_and_escape_lets_it_be(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.fill("helo")
    await box.press("Enter")
    await expect(page.locator(".row.own")).to_have_count(1)
    await box.press("ArrowUp")
    await expect(box).to_have_value("helo")
    await box.press("Escape")
    await expect(box).to_have_value("")
    await box.press("ArrowUp")
    await box.fill("hello")
    await box.press("Enter")
    assert (await bot.hears("edited_message"))["text"] == "hello"
    await expect(page.locator(".row.own .meta")).to_contain_text("edited")


async def test_a_file_goes_with_its_caption(
    open_page: Open, bot: TinyBot, telegram: LocalTelegram
) -> None:
    await bot.says(7, "Send me a file")
    page = await open_page()
    notes = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"remember")
    await page.locator("#file").set_input_files(notes)
    await page.get_by_role("textbox", name="Message").fill("My notes")
    await page.keyboard.press("Enter")
    assert (await bot.hears("message"))["caption"] == "My notes"
    await expect(page.get_by_role("link", name="Download notes.txt")).to_be_visible()
    assert telegram.shown(7)[-1].content == b"remember"


async def test_a_picture_goes_as_a_photo_or_as_a_file(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Send me a picture")
    page = await open_page()
    for button, kind in (("Send as a file", "document"), (None, "photo")):
        picture = FilePayload(name="dot.png", mimeType="image/png", buffer=ONE_PIXEL)
        await page.locator("#file").set_input_files(picture)
        await expect(page.locator(".thumb img")).to_be_visible()
        if button:
            await page.get_by_role("button", name=button).click()
        await page.get_by_role("button", name="Send", exact=True).click()
        assert kind in await bot.hears("message")
    await expect(page.get_by_role("link", name="Download dot.png")).to_be_visible()
    await expect(page.get_by_role("img", name="Photo")).to_be_visible()


async def test_a_sticker_and_a_voice_message_are_at_hand(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Say something")
    page = await open_page()
    attach = page.get_by_role("button", name="Attach", exact=True)
    await attach.click()
    await page.get_by_role("menuitem", name="Sticker").click()
    assert "sticker" in await bot.hears("message")
    await attach.press("Enter")
    await expect(page.get_by_role("menuitem", name="Files or photos")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    assert "voice" in await bot.hears("message")
    await expect(page.locator(".row.own .text")).to_have_text(["🙂 Sticker", "🎤 Voice message"])


async def test_the_attach_menu_gives_way(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Say something")
    page = await open_page()
    attach = page.get_by_role("button", name="Attach", exact=True)
    menu = page.get_by_role("menu")
    for leave in ("button", "escape", "elsewhere"):
        await attach.click()
        await expect(menu).to_be_visible()
        match leave:
            case "button":
                await attach.click()
            case "escape":
                await page.keyboard.press("Escape")
            case _:
                await page.locator("#chat-title").click()
        await expect(menu).to_be_hidden()
    async with page.expect_file_chooser():
        await attach.click()
        await page.get_by_role("menuitem", name="Files or photos").click()


async def test_what_the_server_refuses_is_told_and_not_lost(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    await page.route("**/demo/send", lambda route: route.fulfill(status=400, json={"error": "No."}))
    box = page.get_by_role("textbox", name="Message")
    await box.fill("keep me")
    await box.press("Enter")
    await expect(page.locator(".toast")).to_have_text("No.")
    await expect(box).to_have_value("keep me")
