"""The page by keyboard and by ear."""

import pytest
from playwright.async_api import Page, expect

from tests.scenario.browser.conftest import Open
from tests.scenario.browser.tiny_bot import TinyBot, buttons

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

NAMELESS = """() => [...document.querySelectorAll("button, a, textarea, img, [role]")]
  .filter((node) => node.checkVisibility() && !node.closest("[aria-hidden=true]"))
  .filter((node) => !node.matches("[role=presentation], [role=status]"))
  .filter((node) => !(node.getAttribute("aria-label") || node.getAttribute("alt")
    || node.getAttribute("aria-labelledby") || node.textContent.trim()))
  .map((node) => node.outerHTML)"""
FOCUSED = """() => {
  const { id, dataset, innerText } = document.activeElement;
  return id || (dataset.person && "person") || (dataset.chat && "chat") || innerText.split(" ")[0];
}"""


async def walk(page: Page, steps: int) -> list[str]:
    """What Tab leads to from the first button of the page."""
    await page.locator("#theme").focus()
    seen = []
    for _ in range(steps):
        await page.keyboard.press("Tab")
        seen.append(str(await page.evaluate(FOCUSED)))
    return seen


async def test_tab_goes_through_the_page_as_one_reads_it(open_page: Open, bot: TinyBot) -> None:
    await bot.says(7, "Chats", reply_markup=buttons({"Main": "1"}, {"New": "2"}))
    page = await open_page()
    await expect(page.get_by_role("button", name="New", exact=True)).to_be_visible()
    await page.locator("#ticker").evaluate("node => { node.open = false; }")
    sidebar = ["person", "chat", "chat", "chat", "Bot"]
    chat = ["log", "Main", "New", "slash", "input", "attach"]
    assert await walk(page, len(sidebar + chat)) == sidebar + chat


async def test_everything_that_can_be_used_has_a_name(open_page: Open, bot: TinyBot) -> None:
    first = await bot.says(7, "Hello")
    await bot.says(
        7,
        "Chats",
        reply_markup=buttons({"Main": "1"}),
        reply_parameters={"message_id": first},
    )
    page = await open_page()
    await page.locator(f"[data-id='{first}']").hover()
    await page.get_by_role("button", name="Attach", exact=True).click()
    await expect(page.get_by_role("menu")).to_be_visible()
    assert await page.evaluate(NAMELESS) == []
