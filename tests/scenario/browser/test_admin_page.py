"""An admin follows luka's link to their page, and lets somebody in there."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from chaos.ports import free_port
from tests.luka import running_luka
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA
from tests.scenario.web.admin_page import page_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_a_link_from_the_bot_leads_to_whom_waits_and_they_hear_that_they_are_in(
    chromium: Browser, tmp_path: Path
) -> None:
    opening = running_luka(
        tmp_path,
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=str(ANNA),
        web_port=free_port(),
    )
    async with opening as luka:
        house = furnished(luka)
        await house.boris.writes("/start")
        await house.admins_see("Борис asks to come in")
        async with page_of(house) as admin_page:
            link = await admin_page.link()
        context = await chromium.new_context()
        page = await context.new_page()
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text))
        await page.goto(link)
        await expect(page.get_by_role("button", name="Sign in")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Approve: Борис").click()
        await expect(page.get_by_role("status")).to_have_text("Борис is in.")
        await house.hears(house.boris, "Вас впустили, Борис")
        await house.admins_see("Let in by Olga")

        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading")).to_have_text("Sign in to luka")
        await context.close()
    assert complaints == []
