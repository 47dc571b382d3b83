"""Links that start the bot, pictures, and groups that people come to and leave."""

import pytest
from playwright.async_api import expect

from luka_bot.demo.telegram import Group, LocalTelegram, Person
from luka_bot.demo.telegram.people import TINY_PNG
from luka_bot.models.ids import ChatId, UserId
from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, over

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FAMILY = -100200


async def test_a_tapped_link_starts_the_bot_in_the_chat_for_two(
    open_page: Open, bot: TinyBot
) -> None:
    link = "https://t.me/luka_bot?start=invite-7"
    text = f"Come in: {link} or so"
    keys = {"inline_keyboard": [[{"text": "Come in", "url": link.replace("-7", "-8")}]]}
    await bot.says(FAMILY, text, over(text, "so", "text_link", url=link), reply_markup=keys)
    page = await open_page(f"#7/{FAMILY}")

    await page.get_by_role("link", name=link).click()
    assert (await bot.hears("message"))["text"] == "/start invite-7"
    await expect(page.locator(".row.own .text")).to_have_text("/start invite-7")
    await page.goto(page.url.partition("#")[0] + f"#7/{FAMILY}")
    await page.get_by_role("link", name="Come in", exact=True).click()
    message = await bot.hears("message")
    assert (message["text"], message["chat"]["id"]) == ("/start invite-8", 7)  # type: ignore[index]  # JSON


async def test_a_picture_is_shown_with_its_caption_and_a_mark_that_it_made_no_sound(
    open_page: Open, bot: TinyBot
) -> None:
    page = await open_page()
    await bot.shows(7, TINY_PNG, "So many questions", disable_notification="true")

    await expect(page.get_by_role("img", name="Photo")).to_be_visible()
    await page.wait_for_function("document.querySelector('.photo img').naturalWidth > 0")
    await expect(page.locator(".with-photo .text")).to_have_text("So many questions")
    await expect(page.get_by_role("img", name="Sent without a sound")).to_be_visible()


async def test_a_group_is_shown_to_its_members_alone_and_at_once(
    open_page: Open, telegram: LocalTelegram
) -> None:
    family, boris = Group(telegram.world, ChatId(FAMILY)), Person(telegram.world, UserId(8))
    page = await open_page(f"#8/{FAMILY}")
    mine = page.locator(f"[data-chat='{FAMILY}']")
    await expect(mine).to_have_attribute("aria-current", "true")
    await family.leaves(boris)
    await expect(mine).to_have_count(0)
    await expect(page.locator("#chat-title")).to_have_text("luka")
    await family.joins(boris)
    await expect(mine).to_be_visible()
