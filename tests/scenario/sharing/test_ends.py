"""Threads of many that end for the others, and those beside plain ones."""

import pytest

from tests.scenario.bot.talking import ask
from tests.scenario.sharing.circle import Circle

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_clears_a_thread_of_many_is_told_so_before_and_the_others_after(
    circle: Circle,
) -> None:
    anna, boris = circle.anna, circle.boris
    await circle.begins(anna, "Maps")
    await ask(circle.luka, anna, "Where are we?", "In the woods.")
    await circle.joins(boris, await circle.shares(anna), "Maps")

    await anna.writes("/clear")
    await circle.shows(anna, "Forget all that was said in Maps? 1 other person is in it")
    await anna.taps("🧹 Yes, forget it")
    await circle.hears(boris, "Anna cleared Maps, which you were in")
    await ask(circle.luka, anna, "And now, alone?", "Still in the woods.")

    assert "And now, alone?" not in circle.all_said_to(boris)
    assert circle.all_said_to(boris).count("Anna cleared Maps") == 1
    assert "cleared Maps" not in circle.all_said_to(anna)


async def test_whoever_goes_from_a_plain_thread_to_one_of_many_and_back_is_heard_where_they_are(
    circle: Circle,
) -> None:
    luka, anna, boris = circle.luka, circle.anna, circle.boris
    await circle.begins(anna, "Harbour")
    await circle.joins(boris, await circle.shares(anna), "Harbour")
    await circle.begins(anna, "Diary")
    await ask(luka, anna, "Dear diary", "I listen.")
    await boris.writes("Anna, the ship is here")
    await circle.hears(anna, "💬 Harbour", "the ship is here")

    await circle.shows(anna, "Your Threads", await anna.writes("/chats"))
    await anna.taps("Harbour")
    await circle.shows(anna, "Harbour", await anna.writes("Boris, I am coming"))
    await circle.hears(boris, "Boris, I am coming")
    await circle.shows(anna, "Your Threads", await anna.writes("/chats"))
    await anna.taps("Diary")
    await ask(luka, anna, "He believed it", "Did he?")

    secrets = ("Dear diary", "He believed it")
    assert not [one for one in secrets if one in circle.all_said_to(boris)]
