"""What admins see of the people, and do about them, in their group."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from luka_bot.demo.model import Reply
from luka_bot.models.ids import ChatId
from luka_bot.models.person import Reach
from tests.luka import running_luka
from tests.scenario.bot.talking import ask
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA, House

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One luka for all of these; each brings people of its own."""
    opening = running_luka(
        tmp_path_factory.mktemp("users"),
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=",".join(map(str, [ANNA, *range(100, 130)])),
        flood_per_minute=0,
        messages_per_day=20,
    )
    async with opening as luka:
        yield furnished(luka)


async def test_the_list_turns_its_pages_and_keeps_to_a_standing(shared: House) -> None:
    await shared.guests(100, 108)
    await shared.luka.telegram.person(21, "Guest21").writes("/start")
    await shared.admins_see("Guest21 asks to come in")

    await shared.command("/users guest", "10 people")
    assert "Page 1 of 2" in shared.card().text
    assert shared.card().buttons[8:] == ["▶️", "• All 10", "⏳ 1", "✅ 9", "⛔ 0"]
    await shared.olga.taps("▶️", chat=ADMINS)
    await shared.shows("Page 2 of 2")
    assert shared.card().buttons[2] == "◀️"
    await shared.olga.taps("⏳ 1", chat=ADMINS)
    await shared.shows("1 person")
    assert shared.card().buttons[:2] == ["⏳ Guest21 (@guest21)", "All 10"]

    await shared.command("/users nobody", "Nobody like that")
    await shared.command("/users @guest21", "Searched for: @guest21")
    await shared.olga.taps("⏳ Guest21", chat=ADMINS)
    await shared.shows("Asks to come in")
    await shared.olga.taps("⬅️ All people", chat=ADMINS)
    await shared.shows("Searched for: @guest21")


async def test_a_card_in_the_list_stays_that_card_and_the_application_says_it_too(
    shared: House,
) -> None:
    mark = shared.luka.telegram.person(20, "Mark")
    await mark.writes("/start")
    await shared.admins_see("Mark asks to come in")
    application = shared.card().message_id
    await shared.opened("/users mark", "⏳ Mark")

    await shared.olga.taps("✅ Approve", chat=ADMINS)
    await shared.hears(mark, "You're in, Mark")
    await shared.shows("May talk to me")

    assert "Today: 0 of 20 messages" in shared.card().text
    assert "⬅️ All people" in shared.card().buttons
    said = {one.message_id: one.text for one in shared.luka.telegram.shown(ADMINS)}
    assert "Let in by Olga" in said[application]


async def test_a_role_is_given_and_nobody_takes_it_from_themselves(shared: House) -> None:
    await shared.anna.writes("/start")
    await shared.hears(shared.anna, "Hi, Anna")
    await shared.opened("/users anna", "Anna")
    await shared.olga.taps("👑 Make admin", chat=ADMINS)
    await shared.shows("👑 Role: admin")
    assert ("role_changed", shared.olga.id, ANNA, "admin") in await shared.audited()
    await shared.command("/ban @anna", "Admins can't be banned")

    shared.luka.telegram.world.chats[ChatId(ADMINS)].members.append(shared.anna.id)
    await shared.opened("/users anna", "👑 Anna")
    await shared.anna.taps("👤 Make user", chat=ADMINS)
    await shared.toast(shared.anna, "You can't take your own role")
    await shared.olga.taps("👤 Make user", chat=ADMINS)
    await shared.toast(shared.olga, "Anna is a user now")
    assert "Role: user" in shared.card().text


async def test_a_ban_stops_what_is_being_written(shared: House) -> None:
    dora = shared.luka.telegram.person(110, "Dora")
    shared.luka.model.reply_with(Reply("A very long tale", hang_after=3))
    await dora.writes("Tell me a tale")
    await shared.hears(dora, "A very")

    await shared.command("/ban @dora", "Dora is banned.")
    await shared.hears(dora, "I don't answer you")
    await shared.hears(dora, "Stopped.")
    await shared.command("/ban @dora", "Nothing to change for Dora")

    await shared.olga.writes("/unban", chat=ADMINS, reply_to=shared.card().message_id)
    await shared.hears(dora, "You may talk to me again")
    answer = await ask(shared.luka, dora, "Hi", "Hello, Dora.")
    assert answer.text == "Hello, Dora."


async def test_limits_are_told_set_and_taken_back(shared: House) -> None:
    eric = shared.luka.telegram.person(111, "Eric")
    await ask(shared.luka, eric, "Hi")

    await shared.command("/limits @eric messages 1", "Own limits a day: 1 messages")
    assert "Today: 1 of 1 messages" in shared.card().text
    await eric.writes("And?")
    await shared.hears(eric, "That's all your messages for today")
    await shared.command("/limits", "Eric (111): 1 messages")
    assert "20 messages, any tokens, any s of the model" in shared.card().text
    await shared.command("/limits @eric messages none", "Own limits a day: any messages")
    await shared.command("/limits @eric messages default", "Today: 1 of 20 messages")
    assert "Own limits" not in shared.card().text

    noted = [one for one in await shared.audited() if one[0] == "limits_changed"]
    assert [one[3] for one in noted] == ["messages 1", "messages none", "messages default"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/ban", "Whom? Give a number"),
        ("/ban @nobody_there", "I know nobody called “@nobody_there”"),
        ("/ban 9", "Admins can't be banned"),
        ("/limits @olga messages -3", "Set one so"),
        ("/limits @olga words 3", "Set one so"),
    ],
)
async def test_wrong_input_is_told_how_it_goes(shared: House, command: str, told: str) -> None:
    await shared.command(command, told)


async def test_whoever_is_erased_is_new_the_next_time(shared: House) -> None:
    frank = shared.luka.telegram.person(112, "Frank")
    await ask(shared.luka, frank, "Remember me")
    await shared.opened("/users frank", "Frank")
    await shared.olga.taps("🗑 Erase", chat=ADMINS)
    await shared.shows("Erase Frank?")
    await shared.olga.taps("↩️ Keep them", chat=ADMINS)
    await shared.shows("May talk to me")
    await shared.olga.taps("🗑 Erase", chat=ADMINS)
    await shared.shows("Erase Frank?")
    await shared.olga.taps("🗑 Erase for good", chat=ADMINS)
    await shared.shows("Frank is erased")

    await shared.command("/users frank", "Nobody like that")
    await frank.writes("/chats")
    await shared.hears(frank, "You have 1 thread.")
    assert "▶️ Main Chat (0)" in shared.luka.telegram.buttons(frank.id)
    assert ("person_erased", shared.olga.id, None, "") in await shared.audited()


async def test_outside_the_group_there_are_no_such_commands(shared: House) -> None:
    before = len(shared.said_to_admins())
    await shared.olga.writes("/users")
    await shared.hears(shared.olga, "I don't know this command")
    assert len(shared.said_to_admins()) == before


async def test_whoever_blocks_luka_is_marked_until_they_are_back(shared: House) -> None:
    gina, hugo = (
        shared.luka.telegram.person(113, "Gina"),
        shared.luka.telegram.person(114, "Hugo"),
    )
    await ask(shared.luka, gina, "Hi")
    await ask(shared.luka, hugo, "Hi")
    await gina.blocks_bot()
    await shared.reaches(gina, Reach.BLOCKED)
    await shared.opened("/users gina", "Gina (@gina) 🔇")
    assert "Can't be reached" in shared.card().text
    await gina.unblocks_bot()
    await shared.reaches(gina, Reach.HERE)
    await shared.opened("/users gina", "Gina")
    assert "Can't be reached" not in shared.card().text

    shared.luka.telegram.world.chats[ChatId(hugo.id)].bot_status = "kicked"
    await shared.command("/ban @hugo", "Hugo is banned")
    await shared.reaches(hugo, Reach.BLOCKED)
    await shared.opened("/users hugo", "⛔ Hugo (@hugo) 🔇")
