"""A question of the bot's that wants a reply finds the person ready to write it."""

import pytest
from playwright.async_api import Page, expect

from luka_bot.demo.telegram.json_types import Json
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NEW_NAME: Json = {"force_reply": True, "input_field_placeholder": "New name", "selective": True}
FAMILY = -100200


async def expect_asked(page: Page) -> None:
    await expect(page.locator("#context")).to_contain_text("Reply to luka")
    await expect(page.get_by_placeholder("New name")).to_be_visible()


async def expect_left_alone(page: Page) -> None:
    await expect(page.locator("#context")).to_be_hidden()
    await expect(page.get_by_placeholder("Message")).to_be_visible()


async def test_a_question_opens_its_reply_at_once(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    question = await bot.says(7, "What shall it be called?", reply_markup=NEW_NAME)
    await expect_asked(page)
    await expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    await page.keyboard.type("Garden")
    await page.keyboard.press("Enter")
    heard = await bot.hears("message")
    assert isinstance(heard["reply_to_message"], dict)
    assert (heard["text"], heard["reply_to_message"]["message_id"]) == ("Garden", question)
    await bot.says(7, "Done")
    await expect_left_alone(page)


async def test_a_question_waits_for_its_person_until_it_is_declined(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(8, "Привет")
    await bot.says(7, "What shall it be called?", reply_markup=NEW_NAME)
    page = await open_page("#8/8")
    await expect_left_alone(page)
    await page.get_by_role("radio", name="Anna").click()
    await expect_asked(page)
    await page.get_by_role("button", name="Cancel the reply").click()
    await page.get_by_role("radio", name="Борис").click()
    await page.get_by_role("radio", name="Anna").click()
    await expect(page.locator(".row .text")).to_have_text("What shall it be called?")
    await expect_left_alone(page)


async def test_in_a_group_only_whoever_is_addressed_is_asked(open_page: Open, bot: TinyBot) -> None:
    await bot.says(FAMILY, "@boris, what shall it be called?", reply_markup=NEW_NAME)
    page = await open_page(f"#7/{FAMILY}")
    await expect(page.locator(".row .text")).to_have_count(1)
    await expect_left_alone(page)
    await page.get_by_role("radio", name="Борис").click()
    await expect_asked(page)


async def test_a_question_does_not_take_away_what_is_being_edited(
    open_page: Open, bot: TinyBot
) -> None:
    await bot.says(7, "Hello")
    page = await open_page()
    box = page.get_by_role("textbox", name="Message")
    await box.fill("helo")
    await box.press("Enter")
    await expect(page.locator(".row.own")).to_have_count(1)
    await box.press("ArrowUp")
    await bot.says(7, "What shall it be called?", reply_markup=NEW_NAME)
    await expect(page.locator(".row.other .text")).to_have_count(2)
    await expect(page.locator("#context")).to_contain_text("Edit message")
    await expect(box).to_have_value("helo")
