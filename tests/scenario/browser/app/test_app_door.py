"""How people come in: by the bot's link, a password, Telegram, an invite; and how they go."""

import json
import time
from urllib.parse import quote

import pytest
from playwright.async_api import expect

from luka_bot.models.person import PersonRole
from luka_bot.storage.accounts import Account, AccountStore
from tests.scenario.browser.app.visiting import Visits, connected, row, says, words
from tests.scenario.web.admin_page import LEARNT, QUICK
from tests.scenario.web.chat_house import ANNA, BORIS, init_data

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
NIGHT = {
    "bg_color": "#17212b",
    "secondary_bg_color": "#232e3c",
    "text_color": "#f5f5f5",
    "hint_color": "#4a5661",
    "button_color": "#5288c1",
    "button_text_color": "#ffffff",
}


async def test_a_link_is_used_by_a_press_once_and_leaves_nothing_in_the_address(
    people: Visits,
) -> None:
    link, page = await people.link(ANNA), await people.blank()
    await page.goto(link)
    button = page.get_by_role("button", name="Open luka")
    await expect(button).to_be_focused()
    await page.goto("about:blank")  # whoever only looks uses nothing up
    await page.goto(link)
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".me strong")).to_have_text("Anna")
    assert page.url == f"{people.house.home}/app"
    await page.reload()
    await expect(page.locator(".me strong")).to_have_text("Anna")

    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Welcome to luka")).to_be_visible()
    assert await page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") in {
        "{}",
        '{"luka-chat-unsent":"{}","luka-chat-open":""}',
        '{"luka-chat-open":"","luka-chat-unsent":"{}"}',
    }
    await page.goto("about:blank")
    await page.goto(link)
    await button.click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await expect(page.get_by_label("Password")).to_be_visible()


async def test_a_name_and_a_password_let_in_and_wrong_ones_say_so(people: Visits) -> None:
    store = AccountStore(people.house.services.storage, time.time)
    await store.create(Account("olga", QUICK.hash(LEARNT), PersonRole.USER, "olga"))
    page = await people.blank()
    await page.goto(f"{people.house.home}/app")
    await expect(page.get_by_label("Name")).to_be_focused()
    await page.keyboard.type("olga")
    await page.keyboard.press("Tab")
    await page.keyboard.type("not-my-horse")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("password")
    await page.get_by_label("Password").fill(LEARNT)
    await page.keyboard.press("Enter")
    await expect(page.locator(".me strong")).to_have_text("olga")
    await expect(page.get_by_text("Nothing here yet.")).to_be_visible()
    await page.get_by_role("button", name="New conversation").click()
    await connected(page)
    await says(page, "Hello?")
    await expect(words(page)).to_have_text(["Hello?", "Hello there."])


async def test_telegram_signs_in_and_lends_its_colours_where_they_can_be_read(
    people: Visits,
) -> None:
    page = await people.blank()
    await page.route("https://telegram.org/**", lambda route: route.abort())
    given = f"tgWebAppData={quote(init_data(ANNA))}&tgWebAppThemeParams={quote(json.dumps(NIGHT))}"
    await page.goto(f"{people.house.home}/app#{given}")
    await expect(page.locator(".me strong")).to_have_text("Anna")
    root = page.locator(":root")
    await expect(root).to_have_attribute("data-scheme", "dark")
    await expect(page.locator("body")).to_have_css("background-color", "rgb(35, 46, 60)")
    await expect(page.locator(".me .avatar")).to_be_visible()
    faint = await page.locator(".sidebar .icon-button").first.evaluate(
        "(node) => getComputedStyle(node).color"
    )
    assert faint != "rgb(74, 86, 97)"  # Telegram's own hint can't be read on it
    old = await people.enters(BORIS)  # on the same machine, by another account
    await old.route("https://telegram.org/**", lambda route: route.abort())
    await old.goto("about:blank")
    await old.goto(f"{people.house.home}/app#tgWebAppData={quote(init_data(ANNA, age=7200))}")
    await expect(old.get_by_role("alert")).to_be_visible()


async def test_an_invite_leads_into_its_conversation_after_signing_in(people: Visits) -> None:
    anna = await people.house.person(ANNA)
    talk = await anna.creates()
    made = await anna.call("POST", f"/chat/{talk}/invites", {"uses": 1}, status=201)
    page = await people.enters(BORIS, where=made["url"])
    await connected(page)
    await expect(row(page, talk)).to_have_attribute("aria-current", "true")
    await expect(words(page)).to_have_text(["Boris joined"])
    await page.goto(f"{people.house.home}/app#join=gone")
    await expect(page.locator(".toast")).to_be_visible()
