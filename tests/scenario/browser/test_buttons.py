"""Inline keyboards: taps, spinners, toasts and dialogs."""

import pytest
from playwright.async_api import expect

from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, buttons

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_tapped_button_spins_until_the_bot_answers_with_a_toast(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "Chats", reply_markup=buttons({"Main (2)": "select:1"}, {"New": "create"}))
    page = await open_page()
    button = page.get_by_role("button", name="Main (2)")
    await button.click()
    query = await bot.hears("callback_query")
    assert query["data"] == "select:1"
    await expect(button).to_have_attribute("aria-busy", "true")
    await expect(page.get_by_role("button", name="New", exact=True)).not_to_have_attribute(
        "aria-busy", "true"
    )
    await bot.answers(str(query["id"]), "Switched")
    await expect(page.locator(".toast")).to_have_text("Switched")
    await expect(button).not_to_have_attribute("aria-busy", "true")


async def test_an_empty_answer_only_stops_the_spinner(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Chats", reply_markup=buttons({"Refresh": "refresh"}))
    page = await open_page()
    button = page.get_by_role("button", name="Refresh")
    await button.click()
    query = await bot.hears("callback_query")
    await bot.answers(str(query["id"]))
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await expect(page.locator(".toast")).to_have_count(0)


async def test_an_alert_is_a_dialog_that_waits(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Danger", reply_markup=buttons({"Delete": "delete"}))
    page = await open_page()
    await page.get_by_role("button", name="Delete").click()
    query = await bot.hears("callback_query")
    await bot.answers(str(query["id"]), "<b>Really</b> gone", alert=True)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("<b>Really</b> gone")
    await dialog.get_by_role("button", name="OK").press("Enter")
    await expect(dialog).to_be_hidden()


async def test_buttons_change_with_an_edit(open_page: Open, bot: TinyBot) -> None:
    message = await bot.says(7, "Page 1", reply_markup=buttons({"Next": "2"}))
    page = await open_page()
    await expect(page.get_by_role("button", name="Next")).to_be_visible()
    await bot.edits(7, message, "Page 2", reply_markup=buttons({"Back": "1", "More": "3"}))
    await expect(page.locator(".key")).to_have_text(["Back", "More"])
    await bot.edits(7, message, "The end")
    await expect(page.locator(".key")).to_have_count(0)


async def test_a_url_button_is_a_link(open_page: Open, bot: TinyBot) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Read", "url": "https://example.org/"}]]}
    await bot.says(7, "More", reply_markup=keyboard)
    page = await open_page()
    await expect(page.get_by_role("link", name="Read")).to_have_attribute(
        "href", "https://example.org/"
    )
