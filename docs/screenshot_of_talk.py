"""The picture of one conversation in a group, in two direct chats and in two browsers at once."""

import io
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Locator, Page, ViewportSize, expect

from luka_bot.demo.telegram.furnish import ADMIN, ANNA, CLARA, FAMILY

VIEW: ViewportSize = {"width": 620, "height": 720}
GAP = 12
GROUND = (226, 230, 228)
SAID = (
    "Who comes along to Lviv in May?",
    "I'll bring the tent!",
    "Я за рулём.",
    "luka, show me a table",
)
ANSWER = "Four planets"


async def picture_talk(browser: Browser, address: str, path: Path) -> None:
    """Plays it, checks that all see the same in the same order, and draws what they see."""
    family = await _chat(browser, address, ANNA, FAMILY)
    await _say(family, "@luka_bot hello")
    await expect(family.get_by_role("log")).to_contain_text("Anna", timeout=20_000)
    link = await _invite(family)
    clara = await _joins(browser, address, CLARA, link)
    olga = await _joins(browser, address, ADMIN, link)
    anna_web, olga_web = [await _page(browser, address, who) for who in (ANNA, ADMIN)]
    await _talk(family, clara, olga_web, anna_web)
    views = [family, clara, olga, anna_web, olga_web]
    for view in views:
        await expect(_words(view)).to_contain_text(ANSWER, timeout=30_000)
    await anna_web.wait_for_timeout(4000)
    orders = [await _order(view) for view in views]
    if any(order != sorted(order) for order in orders):
        raise AssertionError(f"not the same order everywhere: {orders}")
    shots = [await view.screenshot() for view in views]
    _beside(shots).save(path, optimize=True)


async def _talk(family: Page, clara: Page, olga_web: Page, anna_web: Page) -> None:
    """Each writes by another door, when the others have read the word before."""
    await _say(family, SAID[0])
    await expect(_words(clara)).to_contain_text(SAID[0], timeout=20_000)
    await _say(clara, SAID[1])
    await expect(_words(olga_web)).to_contain_text(SAID[1], timeout=20_000)
    await _say(olga_web, SAID[2])
    await expect(_words(anna_web)).to_contain_text(SAID[2], timeout=20_000)
    await _say(anna_web, SAID[3])


async def _invite(family: Page) -> str:
    await _say(family, "/share")
    await family.get_by_role("button", name="10 👤 · 7 d").last.click(timeout=20_000)
    link = family.locator("a[href*='start=j_']").last
    return str(await link.get_attribute("href", timeout=20_000))


async def _joins(browser: Browser, address: str, who: int, link: str) -> Page:
    page = await _chat(browser, address, who, who)
    await _say(page, f"/start {link.partition('start=')[2]}")
    await page.get_by_text("⬇️").last.wait_for(timeout=20_000)
    return page


async def _page(browser: Browser, address: str, who: int) -> Page:
    """Their browser, by the bot's link."""
    chat = await _chat(browser, address, who, who)
    await _say(chat, "/web")
    link = chat.locator("a[href*='/app#enter=']").last
    href = str(await link.get_attribute("href", timeout=20_000))
    context = await browser.new_context(viewport=VIEW, locale="en")
    page = await context.new_page()
    await page.goto(href)
    await page.get_by_role("button", name="Open luka").click()
    await page.get_by_role("button", name="Family").click(timeout=20_000)
    await chat.close()
    return page


async def _chat(browser: Browser, address: str, who: int, chat: int) -> Page:
    context = await browser.new_context(viewport=VIEW)
    page = await context.new_page()
    await page.goto(f"{address}/#{who}/{chat}")
    await page.locator("#start:visible, textarea#input:visible").first.wait_for()
    start = page.get_by_role("button", name="Start", exact=True)
    if await start.is_visible():
        await start.click()
        await page.get_by_role("log").get_by_text("/chats").first.wait_for()
    return page


async def _say(page: Page, text: str) -> None:
    box = page.locator("textarea#input")
    await box.fill(text)
    await box.press("Enter")


def _words(page: Page) -> Locator:
    return page.get_by_role("log").first


async def _order(page: Page) -> list[int]:
    """Where each of the words stands in what they see."""
    seen = await _words(page).inner_text()
    return [seen.rindex(text) for text in (*SAID, ANSWER)]


def _beside(shots: list[bytes]) -> Image.Image:
    """Three above, two below."""
    pictures = [Image.open(io.BytesIO(shot)) for shot in shots]
    width, height = pictures[0].size
    whole = Image.new("RGB", (3 * width + 4 * GAP, 2 * height + 3 * GAP), GROUND)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, 3)
        left = GAP + column * (width + GAP) + (row * (width + GAP) // 2)
        whole.paste(picture, (left, GAP + row * (height + GAP)))
    return whole.resize((whole.width * 2 // 3, whole.height * 2 // 3), Image.Resampling.LANCZOS)
