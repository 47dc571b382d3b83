"""Tam drops files on the form, and sees what becomes of the job without reloading the page."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from luka_bot.models.ids import UserId
from tests.scenario.web.job_pages import OLGA, TAM, JobPages, job_pages

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = (390, 844)
DROP = """([text, name]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/plain" }));
  const drop = document.getElementById("drop");
  drop.dispatchEvent(new DragEvent("dragenter", { dataTransfer: files, bubbles: true }));
  drop.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""


async def signed_in(
    chromium: Browser, desk: JobPages, who: int, size: tuple[int, int] = (1100, 760)
) -> tuple[BrowserContext, Page]:
    context = await chromium.new_context(viewport={"width": size[0], "height": size[1]})
    token = await desk.page.ticket(who)
    cookie = {"name": "luka_session", "value": token, "url": desk.page.home}
    await context.add_cookies([cookie])  # type: ignore[list-item]
    return context, await context.new_page()


async def test_a_job_is_dropped_in_approved_done_and_replied_to_without_a_reload(
    chromium: Browser, tmp_path: Path
) -> None:
    async with job_pages(tmp_path) as desk:
        context, page = await signed_in(chromium, desk, TAM)
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{desk.page.home}/jobs/new")
        await page.get_by_label("What is to be done?").fill("Count the apples")
        await page.evaluate(DROP, ["apples, 5\n" * 1000, "apples.csv"])
        await expect(page.get_by_role("progressbar", name="apples.csv")).to_be_visible()
        await page.get_by_role("button", name="Hand in a job").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Job #1")
        job = page.get_by_role("article")
        await expect(job).to_contain_text("waits for an admin: No. 1 in line")
        await expect(page.get_by_role("link", name="Reply to this Job")).to_have_count(0)

        await approved_and_done_before_their_eyes(chromium, desk, page)
        await replied_to(page)
        await context.close()
        await looks_well_on_a_phone_in_russian(chromium, desk)
    assert complaints == []


async def looks_well_on_a_phone_in_russian(chromium: Browser, desk: JobPages) -> None:
    await desk.page.people.update(UserId(OLGA), chosen_language="ru")
    context, page = await signed_in(chromium, desk, OLGA, PHONE)
    names = {"overview": "Обзор", "new": "Новое задание", "2": "Задание №2"}
    names |= {"pending": "Ждут решения", "files": "Файлы", "config": "Настройки"}
    for path, title in names.items():
        await page.goto(f"{desk.page.home}/jobs/{path}")
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE[0], path
    await context.close()


async def approved_and_done_before_their_eyes(
    chromium: Browser, desk: JobPages, page: Page
) -> None:
    job = page.get_by_role("article")
    # What is looked up anew would lose this mark with a reload.
    await page.evaluate("document.documentElement.dataset.mark = 'same'")
    away, admin = await signed_in(chromium, desk, OLGA)
    await admin.goto(f"{desk.page.home}/jobs/pending")
    await admin.get_by_role("button", name="Approve: #1").click()
    await expect(admin.get_by_text("Nothing waits for a decision.")).to_be_visible()
    await expect(job).to_contain_text("waits its turn")
    await desk.done(1, "There are **five**.")
    await expect(job.get_by_text("There are five.")).to_be_visible()
    await expect(page.locator("#said")).to_have_text("#1: done")
    assert await page.evaluate("document.documentElement.dataset.mark") == "same"
    await away.close()


async def replied_to(page: Page) -> None:
    await page.get_by_role("link", name="Reply to this Job").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Reply to job #1")
    await expect(page.get_by_text("There are five.")).to_be_visible()
    await page.get_by_label("What is to be done?").fill("And the pears?")
    await page.keyboard.press("Tab")
    await page.get_by_role("button", name="Hand in a job").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Job #2")
    await expect(page.get_by_role("article")).to_have_count(2)
