"""One text for everybody: shown first, sent once, and to its end through a restart."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.demo.telegram import Fault, Person
from luka_bot.demo.telegram.json_types import Json
from luka_bot.models.ids import ChatId, UserId
from luka_bot.storage import keys
from luka_bot.storage.connect import open_storage
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import newest
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, House

BLOCKED = Fault.refuse(403, "Forbidden: bot was blocked by the user")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[House]:
    """Anybody may talk, and Anna, Boris and Carl have."""
    async with running_luka(tmp_path, admin_chat_id=ADMINS) as luka:
        house = furnished(luka)
        for person in (house.olga, house.anna, house.boris, luka.telegram.person(10, "Carl")):
            await _comes_in(luka, person)
        yield house


async def test_everybody_gets_what_was_shown_and_the_admins_see_whom_it_reached(
    town: House,
) -> None:
    telegram = town.luka.telegram
    dora = telegram.person(11, "Dora")
    await _comes_in(town.luka, dora)
    telegram.faults.add("sendMessage", BLOCKED, chat_id=10)
    await dora.deactivates()
    await _likes_it_quiet(town.luka, town.anna)
    await town.olga.writes("/broadcast A <new> model is here!\nTry it.", chat=ADMINS)
    await town.admins_see("Send it to 5 people?")
    assert "A <new> model is here!\nTry it." in town.said_to_admins()

    card = town.card().message_id
    await town.olga.taps("📣 Send", chat=ADMINS)
    await town.admins_see("Sent to everybody for Olga: 5 of 5")

    for person in (town.anna, town.boris, town.olga):
        assert town.said_to(person)[-1] == "A <new> model is here!\nTry it."
    everybody = (town.anna, town.boris, town.olga)
    assert [newest(town.luka, one.id).silent for one in everybody] == [True, False, False]
    assert town.card().message_id == card
    assert "delivered: 3\n🚫 have blocked me, or are gone: 2" in town.card().text
    sent = ("broadcast_sent", 9, None, "done delivered=3 blocked=2 failed=0 doubtful=0 of=5")
    assert sent in await town.audited()
    assert await _reach(town.luka, 10) == await _reach(town.luka, 11) == "blocked"
    await town.olga.writes("/broadcast Again", chat=ADMINS)
    await town.admins_see("Send it to 3 people?")


async def test_two_admins_who_tap_at_once_send_once(town: House) -> None:
    mira = town.luka.telegram.person(12, "Mira")
    town.luka.telegram.world.chats[ChatId(ADMINS)].members.append(mira.id)
    await town.olga.writes("/broadcast Hello all", chat=ADMINS)
    await town.admins_see("Send it to 4 people?")

    await town.olga.taps("📣 Send", chat=ADMINS)
    await mira.taps("📣 Send", chat=ADMINS)
    await town.toast(mira, "Olga was faster")
    await town.admins_see("Sent to everybody")

    assert town.said_to(town.anna).count("Hello all") == 1


async def test_a_restart_goes_on_with_the_rest_in_the_same_message(town: House) -> None:
    telegram = town.luka.telegram
    await town.olga.writes("/help", chat=ADMINS)
    await town.admins_see("What I can do")
    styled = town.card()
    await town.olga.writes("/broadcast", chat=ADMINS, reply_to=styled.message_id)
    await town.admins_see("Send it to 4 people?")
    card = town.card().message_id
    telegram.faults.add("sendMessage", Fault.flood(30), when=_to_a_person)
    await town.olga.taps("📣 Send", chat=ADMINS)
    await telegram.wait_for(lambda: 429 in [one.status for one in telegram.calls])

    await town.luka.stop()
    town.luka.start()
    await town.admins_see("Sent to everybody for Olga: 4 of 4")

    assert town.card().message_id == card
    assert town.card().text.endswith("delivered: 4")
    for person in (town.anna, town.boris, town.olga):
        assert town.said_to(person).count(styled.text) == 1
        assert newest(town.luka, person.id).entities == styled.entities


async def test_a_stopped_one_reaches_nobody_else_and_a_cancelled_one_nobody(town: House) -> None:
    telegram = town.luka.telegram
    await town.olga.writes("/broadcast Never", chat=ADMINS)
    await town.admins_see("Send it to 4 people?")
    await town.olga.taps("✖️ Cancel", chat=ADMINS)
    await town.admins_see("Not sent. Nobody has seen it.")

    await town.olga.writes("/broadcast One", chat=ADMINS)
    await town.admins_see("Send it to 4 people?")
    telegram.faults.add("sendMessage", Fault.flood(1), when=_to_a_person)
    await town.olga.taps("📣 Send", chat=ADMINS)
    await telegram.wait_for(lambda: 429 in [one.status for one in telegram.calls])
    await town.olga.taps("⏹ Stop", chat=ADMINS)
    await town.admins_see("Stopped by Olga: 1 of 4")

    said = [text for chat in (7, 8, 9, 10) for text in telegram.said(chat)]
    assert said.count("One") == 1
    assert "Never" not in said


async def test_what_cannot_be_sent_is_said_kindly(town: House) -> None:
    picture = await town.olga.sends_photo(chat=ADMINS)
    await town.olga.writes("/broadcast", chat=ADMINS, reply_to=picture)
    await town.admins_see("no pictures or files")
    await town.olga.writes("/broadcast", chat=ADMINS)
    await town.admins_see("I show it to you before anything is sent")
    await town.anna.writes("/broadcast Hi")
    await town.hears(town.anna, "don't know")


def _to_a_person(params: Json) -> bool:
    return int(str(params["chat_id"])) > 0


async def _comes_in(luka: Luka, person: Person) -> None:
    await person.writes("/chats")
    await luka.telegram.wait_for(lambda: luka.telegram.said(person.id))


async def _likes_it_quiet(luka: Luka, person: Person) -> None:
    async with open_storage("", luka.settings.data_dir, attach=True) as storage:
        name = keys.user(UserId(person.id))
        await storage.write(lambda redis: redis.hset(name, "quiet", "1"))


async def _reach(luka: Luka, user_id: int) -> str:
    async with open_storage("", luka.settings.data_dir, attach=True) as storage:
        name = keys.user(UserId(user_id))
        return str(await storage.read(lambda redis: redis.hget(name, "reach")))
