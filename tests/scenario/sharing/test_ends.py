"""Threads of many that end for the others: cleared, or their owner is forgotten."""

import pytest

from tests.process import luka_command
from tests.scenario.bot.talking import ask
from tests.scenario.sharing.circle import Circle

GRIGORY = 7391846530

pytestmark = pytest.mark.asyncio(loop_scope="package")


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


async def test_whom_the_command_line_erases_is_missed_by_those_who_shared_their_threads(
    circle: Circle,
) -> None:
    luka, anna = circle.luka, circle.anna
    grigory, folder = luka.telegram.person(GRIGORY, "Grigory"), str(luka.settings.data_dir)
    await circle.begins(grigory, "Attic")
    await circle.joins(anna, await circle.shares(grigory), "Attic")

    erased = await luka_command(
        luka.settings.data_dir, "users", "delete", str(GRIGORY), "--yes", DATA_DIR=folder
    )

    assert erased.code == 0, erased.err
    await circle.hears(anna, "Attic, which you were in, is closed: its owner is gone")
    card = await circle.shows(anna, "Your Threads", await anna.writes("/chats"))
    assert not [one for one in card.buttons if "Attic" in one]


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
