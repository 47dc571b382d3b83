"""What people see when the connection breaks, and that nothing of theirs is lost by it."""

from functools import partial

import pytest
from playwright.async_api import Page, expect

from chaos.ports import free_port
from chaos.relay import Relay
from tests.scenario.browser.app.visiting import Visits, connected, row, says, words
from tests.scenario.web.chat_house import ANNA, BORIS
from tests.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
TRIES = 10


async def test_after_a_cut_what_was_said_on_both_sides_arrives_once_and_in_order(
    people: Visits, wire: Relay
) -> None:
    house = people.house
    anna, boris = await house.person(ANNA), await house.person(BORIS)
    talk = await anna.creates(BORIS)
    page = await people.blank()
    await page.clock.install(time=0)
    await people.opens(ANNA, talk, page, f"http://127.0.0.1:{wire.port}")
    async with boris.socket(talk) as other:
        await says(page, "one")
        await other.hears("one")
        await other.say("to be taken back", "b0")
        await expect(words(page)).to_have_count(2)
        behind, wire.behind = wire.behind, free_port()
        await page.clock.pause_at(3_600)  # it tries again when it is told to
        wire.cut()
        await expect(page.locator(".banner")).to_contain_text("Reconnecting in")
        await says(page, "two")
        await expect(page.locator(".pending")).to_contain_text("Sending…")
        await other.say("meanwhile", "b1")
        await other.hears("meanwhile")
        await boris.call("POST", f"/chat/{talk}/messages/2/redact", status=204)
        wire.behind = behind
        await page.get_by_role("button", name="Now").click()
        await page.clock.resume()
        await other.hears("two")
    await expect(page.locator(".banner")).to_be_hidden()
    await expect(words(page)).to_have_text(["one", "meanwhile", "two"])
    await expect(page.locator(".taken-back")).to_have_count(1)
    await expect(page.locator(".pending")).to_have_count(0)


async def test_after_ten_tries_it_asks_for_a_refresh_which_keeps_what_was_written(
    people: Visits, wire: Relay
) -> None:
    talk = await (await people.house.person(ANNA)).creates()
    page = await people.blank()
    await page.clock.install(time=0)
    await people.opens(ANNA, talk, page, f"http://127.0.0.1:{wire.port}")
    await page.clock.pause_at(3_600)
    tried: list[str] = []
    page.on("websocket", lambda socket: tried.append(socket.url))
    behind, wire.behind = wire.behind, free_port()
    wire.cut()
    await says(page, "Don't lose me")
    pauses = [await next_pause(page, tried, number) for number in range(TRIES)]
    await expect(page.locator(".banner")).to_contain_text("Connection lost.")
    assert len(tried) == TRIES
    usual = [1, 2, 4, 8, 16, *[30] * 5]
    assert all(
        0.8 * one <= pause <= 1.2 * one + 1 for one, pause in zip(usual, pauses, strict=True)
    )

    wire.behind = behind
    await page.get_by_role("button", name="Refresh").click()
    await connected(page)
    await expect(words(page)).to_have_text(["Don't lose me"])


async def next_pause(page: Page, tried: list[str], number: int) -> int:
    """Seconds that the page says it waits; then they are over."""
    said = page.locator('.view[data-connection="waiting"] .banner [aria-hidden]')
    await expect(said).to_contain_text("Reconnecting in")
    seconds = int("".join(filter(str.isdigit, await said.inner_text())))
    await page.clock.run_for((seconds + 1) * 1000)
    await wait_until(lambda: len(tried) > number)
    await expect(
        page.locator(f'.view[data-connection="{"waiting" if number < TRIES - 1 else "given_up"}"]')
    ).to_be_visible()
    return seconds


async def test_a_quiet_connection_stays_and_a_dead_one_is_noticed(
    people: Visits, wire: Relay
) -> None:
    talk = await (await people.house.person(ANNA)).creates()
    page = await people.blank()
    await page.clock.install()
    heard: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda text: heard.append(str(text))),
    )
    await people.opens(ANNA, talk, page, f"http://127.0.0.1:{wire.port}")
    for number in (1, 2):
        await page.clock.run_for(32_000)
        await wait_until(partial(heard_pongs, heard, number))
    await connected(page)
    wire.pause()
    await page.clock.run_for(65_000)
    await expect(page.locator(".banner")).to_contain_text("Reconnecting in")
    wire.resume()
    await connected(page)
    await expect(page.locator(".banner")).to_be_hidden()


async def test_what_is_too_long_is_said_before_it_is_sent_and_what_is_left_stays_a_draft(
    people: Visits,
) -> None:
    anna = await people.house.person(ANNA)
    first, second = await anna.creates(), await anna.creates()
    page = await people.opens(ANNA, first)
    box = page.get_by_role("textbox", name="Write a message")
    await box.fill("x" * 10_003)
    await page.keyboard.press("Enter")
    await expect(page.locator(".left")).to_have_text("Too long. Characters to cut: 3")
    await box.fill("A draft")
    await row(page, second).click()
    await expect(page.get_by_role("textbox", name="Write a message")).to_have_value("")
    await row(page, first).click()
    await expect(page.get_by_role("textbox", name="Write a message")).to_have_value("A draft")
    await page.keyboard.press("Enter")
    await expect(words(page)).to_have_text(["A draft"])


async def test_whoever_was_signed_out_elsewhere_is_asked_to_sign_in_again(
    people: Visits, wire: Relay
) -> None:
    talk = await (await people.house.person(ANNA)).creates()
    page = await people.opens(ANNA, talk, home=f"http://127.0.0.1:{wire.port}")
    kept = await page.evaluate("JSON.parse(localStorage.getItem('luka-chat-session')).token")
    elsewhere = people.house.nobody
    elsewhere.token = kept
    await elsewhere.call("POST", "/auth/logout", status=204)
    wire.cut()
    await expect(page.get_by_role("alert")).to_have_text(
        "You are signed out. Sign in again to go on."
    )
    await expect(page.get_by_label("Password")).to_be_visible()


def heard_pongs(heard: list[str], number: int) -> bool:
    return sum('"pong"' in one for one in heard) >= number
