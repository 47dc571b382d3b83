"""/web: a link to the page of conversations, for whoever asked."""

import re
import time

import aiohttp
import pytest

from luka_bot.storage.chat_sessions import ChatSessionStore
from luka_bot.storage.connect import open_storage
from tests.scenario.sharing.circle import Circle

FAMILY = -100200

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_link_lets_in_once_and_a_group_is_referred_to_private(circle: Circle) -> None:
    luka, anna = circle.luka, circle.anna
    luka.telegram.group(FAMILY, "Family", [anna])
    await anna.writes("/web", chat=FAMILY)
    said = luka.telegram.said
    await luka.telegram.wait_for(lambda: "https://t.me/luka_bot?start=web" in str(said(FAMILY)))
    card = await circle.shows(anna, "Your threads on the web", await anna.writes("/start web"))
    home = luka.settings.home
    (link,) = re.findall(rf"{home}/app#enter=(\S+)", card.text)

    async with aiohttp.ClientSession(home) as browser:
        admin = await browser.get(f"/admin/enter/{link}")
        assert admin.status == 410
    assert await entered(circle, link) == [anna.id, None]


async def entered(circle: Circle, link: str) -> list[int | None]:
    """Who is signed in by it, at the first and at the second try."""
    settings = circle.luka.settings
    async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
        sessions = ChatSessionStore(storage, 60.0, time.time)
        found = [await sessions.enter(link, token) for token in ("one", "two")]
    return [None if one is None else one.person for one in found]
