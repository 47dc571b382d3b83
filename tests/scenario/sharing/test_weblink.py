"""/web: a link to the page of conversations, for whoever asked."""

import re

import aiohttp
import pytest

from tests.scenario.sharing.circle import Circle

FAMILY = -100200

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_link_lets_in_once_and_a_group_is_referred_to_private(circle: Circle) -> None:
    luka, anna = circle.luka, circle.anna
    luka.telegram.group(FAMILY, "Family", [anna])
    await anna.writes("/web", chat=FAMILY)
    said = luka.telegram.said
    await luka.telegram.wait_for(lambda: "https://t.me/luka_bot?start=web" in str(said(FAMILY)))
    await anna.writes("/start web")
    await circle.shows(anna, "Your threads on the web")
    home = luka.settings.home
    (link,) = re.findall(rf"{home}/app#enter=(\S+)", circle.card(anna).text)

    async with aiohttp.ClientSession(home) as browser:
        answers = [await browser.post("/auth/link", json={"link": link}) for _ in range(2)]
        admin = await browser.get(f"/admin/enter/{link}")

    assert [one.status for one in answers] == [200, 401]
    assert (await answers[0].json())["participant_id"] == "tg:7"
    assert "works once" not in await admin.text()
