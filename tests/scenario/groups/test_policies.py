"""/group: when luka speaks, as the group's administrators decide."""

import pytest

from tests.scenario.groups.family import Family

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_administrators_decide_when_luka_speaks(family: Family) -> None:
    await family.boris.writes("/group", chat=family.chat)
    await family.hears("I answer when I'm mentioned")
    await family.boris.taps("Always", chat=family.chat)
    toasts = family.luka.telegram.toasts
    await family.luka.telegram.wait_for(
        lambda: "only its administrators" in toasts(family.boris.id)[-1]
    )

    await family.anna.taps("Always", chat=family.chat)
    await family.hears("I answer everything that is said")
    assert "✓ Always" in family.newest.buttons
    await family.boris.writes("Good morning", chat=family.chat)
    await family.hears("Hello there.")

    await family.anna.taps("Never", chat=family.chat)
    await family.hears("I only listen")
    await family.anna.writes("luka, are you here?", chat=family.chat)
    await family.anna.writes("/group", chat=family.chat)
    await family.luka.telegram.wait_for(lambda: "Anna" in family.newest.text)
    assert family.said.count("Hello there.") == 1


async def test_a_group_in_which_luka_hears_little_is_told_how_to_change_that(
    family: Family,
) -> None:
    telegram = family.luka.telegram
    telegram.privacy = True
    club = telegram.group(-100600, "Club", [family.anna], bot_status="left")

    await club.adds_bot(family.anna)

    await telegram.wait_for(lambda: len(telegram.said(-100600)) == 1)
    assert "/setprivacy" in telegram.said(-100600)[0]
    await club.promotes_bot()
    await family.anna.writes("/group", chat=-100600)
    await telegram.wait_for(lambda: "I hear everything" in telegram.said(-100600)[-1])
    assert len(telegram.said(-100600)) == 2
    telegram.privacy = False
