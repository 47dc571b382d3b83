"""Agents of a thread, and those that admins make."""

import pytest

from tests.scenario.people.house import ADMINS
from tests.scenario.sharing.circle import Circle

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_agent_is_added_and_answers_when_it_is_named(circle: Circle) -> None:
    luka, anna = circle.luka, circle.anna
    await circle.begins(anna, "Kitchen")
    card = await circle.shows(anna, "Agents of “Kitchen”", await anna.writes("/agents"))
    assert "speaks as the thread has it" in card.text
    await anna.taps("➕ Chef")
    await circle.shows(anna, "➖ Chef")

    luka.model.reply_with("Soup, of course.")
    await anna.writes("Chef, what do we eat?")
    await circle.hears(anna, "Chef", "Soup, of course.")

    assert "You cook." in str(luka.model.requests[-1]["messages"])


async def test_admins_make_agents_in_their_group(circle: Circle) -> None:
    telegram = circle.luka.telegram
    olga = telegram.person(9, "Olga")

    async def told(command: str, words: str) -> None:
        await olga.writes(command, chat=ADMINS)
        await telegram.wait_for(lambda: words in "\n".join(telegram.said(ADMINS)))

    await told("/agents add poet - smart Answer in verse.", "Poet (poet) is there")
    await told("/agents", "Answer in verse.")
    await told("/agents add chef - - You eat.", "chef stands in my settings")
    await told("/agents add", "makes one; MODEL and POLICY may be -")
    await circle.begins(circle.anna, "Verses")
    await circle.shows(circle.anna, "➕ Poet", await circle.anna.writes("/agents"))
    await told("/agents remove poet", "poet is gone")
    card = await circle.shows(circle.anna, "➕ Chef", await circle.anna.writes("/agents"))
    assert "➕ Poet" not in card.buttons
