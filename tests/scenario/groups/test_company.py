"""A group and direct messages that are one conversation."""

import pytest

from luka_bot.demo.model import Reply
from tests.scenario.groups.family import Family

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_said_in_private_and_in_the_group_is_heard_in_both(family: Family) -> None:
    await family.anna.writes("Where are you, Vera?", chat=family.chat)
    await family.takes_in(family.vera)
    await family.vera.writes("In the <b>garden</b> & reading")
    await family.hears("Vera: In the <b>garden</b> & reading")

    family.luka.model.reply_with(Reply("Rain. Then sun.", delay_between=0.2))
    question = await family.boris.writes("luka, the weather?", chat=family.chat)

    await family.hears_in_private(family.vera, "Boris: luka, the weather?")
    await family.hears_in_private(family.vera, "Rain. Then sun.")
    await family.luka.telegram.wait_for(lambda: family.newest.text == "Rain. Then sun.")
    assert family.newest.reply_to == question


async def test_who_blocks_the_bot_stops_nobody_else(family: Family) -> None:
    await family.anna.writes("Hello", chat=family.chat)
    await family.takes_in(family.vera)
    await family.vera.blocks_bot()
    await family.anna.writes("Vera?", chat=family.chat)

    await family.asks(family.boris, "luka, is she here?", "No longer.")

    assert family.said[-1] == "No longer."
