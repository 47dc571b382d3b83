"""The page without a mouse, on a phone, in the dark, heard instead of seen, and in Russian."""

import re
from typing import Any, Literal

import pytest
from playwright.async_api import expect

from tests.scenario.browser.app.visiting import PHONE, Visits, connected, row, says, words
from tests.scenario.web.chat_house import ANNA, BORIS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
READABLE = 4.5  # WCAG AA
RICH = """Look: `code`, [a link](https://example.org)

> quoted

```py
x = 1
```

|a|b|
|-|-|
|1|2|"""
COLOURS = """() => [...document.querySelectorAll("#app *")].filter((node) =>
    [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())
    && node.checkVisibility() && !node.closest(".unseen, noscript, option")
  ).map((node) => {
    const behind = [];
    for (let at = node; at; at = at.parentElement) behind.push(getComputedStyle(at));
    return {
      text: node.textContent.trim().slice(0, 30),
      colour: getComputedStyle(node).color,
      behind: behind.map((style) => style.backgroundColor),
    };
  })"""


async def test_everything_can_be_done_by_keys_alone(people: Visits) -> None:
    anna = await people.house.person(ANNA)
    first, second = await anna.creates(), await anna.creates()
    page = await people.enters(ANNA)
    await row(page, second).focus()
    await page.keyboard.press("ArrowDown")
    await expect(row(page, first)).to_be_focused()
    await page.keyboard.press("Home")
    await expect(row(page, second)).to_be_focused()
    await page.keyboard.press("Enter")
    await connected(page)
    box = page.get_by_role("textbox", name="Write a message")
    await expect(box).to_be_focused()
    await page.keyboard.type("One")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Two")
    await page.keyboard.press("Enter")
    await expect(words(page)).to_have_text([re.compile("One.?Two", re.DOTALL)])
    await page.get_by_role("button", name="Reply").press("Enter")
    await expect(page.locator(".replying")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator(".replying")).to_be_hidden()
    people_button = page.get_by_role("button", name="Who is here")
    await people_button.press("Enter")
    await expect(page.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(people_button).to_be_focused()
    await page.get_by_role("button", name="Take back").press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(words(page)).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(row(page, second)).to_be_focused()
    outline = await row(page, second).evaluate("(node) => getComputedStyle(node).outlineWidth")
    assert outline == "3px"


async def test_all_words_stand_out_from_what_is_behind_them_by_day_and_by_night(
    people: Visits,
) -> None:
    anna, boris = await people.house.person(ANNA), await people.house.person(BORIS)
    talk = await anna.creates(BORIS, agents=["luka"])
    page = await people.opens(ANNA, talk)
    await says(page, RICH)
    async with boris.socket(talk) as wire:
        await wire.say(f"@luka {RICH}", "b1", reply_to=1)
        await expect(page.locator(".from-agent .words")).to_have_count(1)
    await page.get_by_role("button", name="Who is here").click()
    await page.get_by_role("button", name="Invite others").click()
    await expect(page.locator(".invite-link")).to_be_visible()
    schemes: tuple[Literal["dark", "light"], ...] = ("light", "dark")
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        shown: list[dict[str, Any]] = await page.evaluate(COLOURS)
        faint = [one for one in shown if contrast(one) < READABLE]
        assert len(shown) > 20
        assert faint == [], scheme


async def test_a_phone_shows_one_pane_at_a_time_and_nothing_wider_than_it(people: Visits) -> None:
    talk = await (await people.house.person(ANNA)).creates(agents=["luka"])
    page = await people.enters(ANNA, await people.blank(phone=True))
    await expect(page.locator("#open")).to_be_hidden()
    await row(page, talk).tap()
    await connected(page)
    await expect(page.get_by_role("navigation")).to_be_hidden()
    await says(page, "```\n" + "wide " * 60 + "\n```\nand " + "long" * 40)
    await expect(words(page)).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await expect(page.locator(".message").first.get_by_role("button", name="Reply")).to_be_hidden()
    await page.locator(".mine .words p").tap()
    await expect(page.locator(".message").first.get_by_role("button", name="Reply")).to_be_visible()
    await page.go_back()
    await expect(row(page, talk)).to_be_focused()
    await row(page, talk).tap()
    await page.get_by_role("button", name="Back to the list").tap()
    await expect(page.get_by_role("navigation")).to_be_visible()


async def test_a_screen_reader_finds_its_way_and_hears_finished_messages(people: Visits) -> None:
    talk = await (await people.house.person(ANNA)).creates(agents=["luka"])
    page = await people.opens(ANNA, talk)
    await says(page, "Hi")
    await expect(words(page)).to_have_text(["Hi", "Hello there."])
    await expect(page.get_by_role("main")).to_match_aria_snapshot("""
      - main "Trip":
        - heading "Trip" [level=1]
        - log "Trip":
          - list:
            - listitem: Today
            - listitem:
              - text: You
              - paragraph: Hi
            - listitem:
              - paragraph:
                - strong: luka
              - paragraph: Hello there.
        - textbox "Write a message"
        - button "Send" [disabled]
    """)
    log = page.get_by_role("log")
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log.locator(".growing, .pending")).to_have_count(0)
    unnamed = await page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, select')].filter((node) =>"
        " !(node.getAttribute('aria-label') || node.textContent.trim())).length"
    )
    assert unnamed == 0


async def test_the_page_speaks_the_language_that_its_reader_has_chosen(people: Visits) -> None:
    page = await people.enters(ANNA, await people.blank())
    await page.get_by_label("Language").select_option("Русский")
    await expect(page.locator("html")).to_have_attribute("lang", "ru")
    await expect(page.get_by_role("button", name="Новый разговор")).to_be_visible()


def contrast(one: dict[str, Any]) -> float:
    """Of words with what is behind them, as WCAG counts it."""
    ground: tuple[float, ...] = (255.0, 255.0, 255.0)
    for layer in reversed(one["behind"]):
        ground = over(layer, ground)
    light, dark = sorted((luminance(over(one["colour"], ground)), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, ground: tuple[float, ...]) -> tuple[float, ...]:
    scale = 255.0 if colour.startswith("color(") else 1.0
    red, green, blue, *alpha = map(
        float, re.findall(r"[\d.]+(?:e-\d+)?", colour.replace("srgb", ""))
    )
    share = alpha[0] if alpha else 1.0
    return tuple(
        scale * new * share + old * (1 - share)
        for new, old in zip((red, green, blue), ground, strict=True)
    )


def luminance(colour: tuple[float, ...]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
