"""A forum's topics are conversations of their own, and so are a group's threads."""

import pytest

from tests.scenario.bot.talking import told_to_model
from tests.scenario.groups.family import Family, family_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_topics_do_not_hear_each_other(family: Family) -> None:
    forum = family_of(family.luka, "forum")
    trips, food = await forum.group.opens_topic("Trips"), await forum.group.opens_topic("Food")
    await forum.asks(forum.anna, "luka, to the sea!", "By train.", trips)
    await forum.asks(forum.boris, "luka, soup?", "Of beans.", food)
    assert told_to_model(family.luka) == ["luka, soup?"]
    assert forum.newest.topic == food

    await forum.boris.writes("/new Beach", chat=forum.chat, topic=trips)
    await forum.hears("Beach is ready")
    await forum.asks(forum.anna, "luka, what now?", "The beach.", trips)
    assert told_to_model(family.luka) == ["luka, what now?"]
    await forum.asks(forum.anna, "luka, more?", "More beans.", food)
    assert told_to_model(family.luka)[0] == "Boris: luka, soup?"


async def test_a_new_thread_is_what_the_group_talks_in(family: Family) -> None:
    await family.asks(family.anna, "luka, my name is Anna", "Hello, Anna.")

    await family.boris.writes("/new Fresh", chat=family.chat)
    await family.hears("Fresh is ready")
    await family.asks(family.boris, "luka, who is here?", "Boris.")

    assert told_to_model(family.luka) == ["luka, who is here?"]
