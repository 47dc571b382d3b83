"""Administrators who write in a group's name: nobody knows who they are, so nobody decides."""

import pytest

from luka_bot.demo.telegram import Group
from luka_bot.models.ids import ChatId
from tests.scenario.people.house import ADMINS
from tests.scenario.sharing.circle import Circle

CLUB, IGOR = -100_300, 7391846550

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_anonymous_administrator_is_asked_who_they_are_and_decides_by_a_tap(
    circle: Circle,
) -> None:
    telegram, anna = circle.luka.telegram, circle.anna
    club = telegram.group(CLUB, "Club", [anna, circle.boris])
    await club.promotes(anna, anonymous=True)
    await anna.writes("/group", chat=CLUB)
    await telegram.wait_for(lambda: "can't see who writes" in str(telegram.said(CLUB)))
    assert "I answer when" not in str(telegram.said(CLUB))

    await circle.boris.writes("/group", chat=CLUB)
    await telegram.wait_for(lambda: "I answer when" in str(telegram.said(CLUB)))
    await anna.taps("Never", chat=CLUB)
    await telegram.wait_for(lambda: "✓ Never" in str(telegram.buttons(CLUB)))


async def test_nobody_is_let_in_or_banned_in_the_name_of_the_admins_group(circle: Circle) -> None:
    telegram = circle.luka.telegram
    olga, admins = telegram.person(9, "Olga"), Group(telegram.world, ChatId(ADMINS))
    igor = telegram.person(IGOR, "Igor")
    await igor.writes("/start")
    await circle.hears(igor, "Igor")
    await admins.promotes(olga, anonymous=True)
    for command in (f"/ban {IGOR}", f"/approve {IGOR}", "/users Igor"):
        await olga.writes(command, chat=ADMINS)
    await telegram.wait_for(lambda: "can't see who writes" in str(telegram.said(ADMINS)))
    await admins.demotes(olga)  # who made the group stays its owner
    asked = await olga.writes("/users Igor", chat=ADMINS)
    await telegram.wait_for(lambda: telegram.shown(ADMINS)[-1].message_id > asked)

    said = telegram.said(ADMINS)
    assert [one for one in said if "1 person" in one] == said[-1:]
    assert not [one for one in said if "banned" in one]
    await igor.writes("luka, am I still in?")
    await circle.hears(igor, "Hello there.")
