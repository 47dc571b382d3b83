"""Entities show as they are meant, and text is never taken for HTML."""

import pytest
from playwright.async_api import expect

from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, over

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_nested_formatting_after_emoji_lands_on_the_right_words(
    open_page: Open, bot: TinyBot
) -> None:
    text = "🙂👩‍👩‍👧 all bold and some slanted here"
    await bot.says(
        7, text, over(text, "bold and some slanted", "bold"), over(text, "some slanted", "italic")
    )
    page = await open_page()
    await expect(page.locator(".text strong")).to_have_text("bold and some slanted")
    await expect(page.locator(".text strong > em")).to_have_text("some slanted")
    await expect(page.locator(".text")).to_have_text(text)


async def test_html_is_shown_as_text(open_page: Open, bot: TinyBot) -> None:
    text = "<script>window.bad = 1</script><img src=x onerror='window.bad = 1'> List<String> &amp;"
    await bot.says(7, text)
    page = await open_page()
    await expect(page.locator(".row .text")).to_have_text(text)
    assert await page.evaluate("window.bad") is None
    assert await page.locator(".row img, .row script").count() == 0


async def test_code_names_its_language_scrolls_inside_and_can_be_copied(
    open_page: Open, bot: TinyBot
) -> None:
    code = f"print('<b>')  # {'long ' * 60}"
    text = f"Try this:\n{code}\nDone."
    await bot.says(7, text, over(text, code, "pre", language="python"))
    page = await open_page()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await expect(page.locator(".code-head")).to_contain_text("python")
    assert await page.locator("pre").evaluate("pre => pre.scrollWidth > pre.clientWidth")
    assert await page.locator("#log").evaluate("log => log.scrollWidth === log.clientWidth")
    await page.get_by_role("button", name="Copy the code").click()
    await expect(page.locator(".copy .icon-done")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == code


async def test_a_spoiler_opens_by_keyboard(open_page: Open, bot: TinyBot) -> None:
    text = "The end: they lived"
    await bot.says(7, text, over(text, "they lived", "spoiler"))
    page = await open_page()
    spoiler = page.get_by_role("button", name="Hidden text")
    await expect(spoiler).not_to_have_attribute("data-open", "")
    await spoiler.press("Enter")
    await expect(spoiler).to_have_attribute("data-open", "")


async def test_only_safe_links_are_links(open_page: Open, bot: TinyBot) -> None:
    text = "good site and example.org and bad one"
    good = over(text, "good site", "text_link", url="https://example.org/a")
    await bot.says(7, text, good)
    page = await open_page()
    link = page.get_by_role("link", name="good site")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    addresses = ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc"]
    judged = """async (addresses) => {
      const { safeUrl } = await import("./entities.js");
      return addresses.map(safeUrl);
    }"""
    assert await page.evaluate(judged, addresses) == [None] * len(addresses)


async def test_overlapping_entities_lose_no_text(open_page: Open) -> None:
    page = await open_page()
    built = """async ([text, entities]) => {
      const { formatted } = await import("./entities.js");
      const box = document.createElement("div");
      box.append(formatted(text, entities));
      return [box.textContent, box.innerHTML];
    }"""
    overlapping = [
        {"type": "bold", "offset": 0, "length": 6},
        {"type": "italic", "offset": 3, "length": 6},
        {"type": "nobody_knows", "offset": 0, "length": 9},
        {"type": "underline", "offset": 8, "length": 99},
    ]
    text, html = await page.evaluate(built, ["abcdefghij", overlapping])
    assert text == "abcdefghij"
    assert html == "<strong>abc<em>def</em></strong><em>gh<u>i</u></em><u>j</u>"


async def test_a_long_quote_unfolds(open_page: Open, bot: TinyBot) -> None:
    thoughts = "\n".join(f"thought {number}" for number in range(12))
    text = f"{thoughts}\nSo: yes."
    await bot.says(7, text, over(text, thoughts, "expandable_blockquote"))
    page = await open_page()
    quote = page.locator(".quoted")
    folded = await quote.evaluate("node => node.clientHeight")
    await page.get_by_role("button", name="Show the whole quote").click()
    await expect(page.locator("blockquote")).to_have_attribute("data-open", "")
    assert await quote.evaluate("node => node.clientHeight") > folded * 2


async def test_a_command_in_a_text_is_sent_by_a_click(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "See /chats for more", over("See /chats for more", "/chats", "bot_command"))
    page = await open_page()
    await page.get_by_role("button", name="Send /chats").click()
    assert (await bot.hears("message"))["text"] == "/chats"


async def test_arabic_reads_from_right_to_left(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "مرحبا بالعالم")
    page = await open_page()
    direction = "node => getComputedStyle(node).direction"
    assert await page.locator(".row .text").evaluate(direction) == "rtl"
