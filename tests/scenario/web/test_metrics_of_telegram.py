"""What an operator reads of the way out: calls, floods and doubts."""

import pytest

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from tests.luka import Luka
from tests.metrics import Growth
from tests.scenario.bot.talking import ask
from tests.waiting import wait_until

CALLS = "luka_telegram_calls_total"
NO_PREVIEW = Reply("Yes")  # one word is sent when it is settled, never before


async def test_each_call_is_counted_and_timed(luka: Luka, anna: Person) -> None:
    growth = Growth()

    await ask(luka, anna, "Hi!", NO_PREVIEW)

    await wait_until(lambda: growth.of(CALLS, method="sendMessage", outcome="ok") == 1)
    assert growth.of("luka_telegram_call_seconds_count", method="sendMessage") == 1


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.flood(1), "flood"),
        (Fault.server_error(), "unreached"),
        (Fault.cut_after(), "unanswered"),
        (Fault.cannot_parse(), "refused"),
        (Fault.refuse(403, "Forbidden: bot was blocked by the user"), "gone"),
    ],
)
async def test_a_call_that_fails_is_counted_by_what_became_of_it(
    luka: Luka, anna: Person, fault: Fault, outcome: str
) -> None:
    growth = Growth()
    luka.telegram.faults.add("sendMessage", fault)
    luka.model.reply_with(NO_PREVIEW)

    await anna.writes("Hi!")

    await wait_until(lambda: growth.of(CALLS, method="sendMessage", outcome=outcome) == 1)


async def test_an_edit_that_changes_nothing_is_no_refusal(luka: Luka, anna: Person) -> None:
    growth = Growth()
    same = Fault.refuse(400, "Bad Request: message is not modified: specified new message content")
    luka.telegram.faults.add("editMessageText", same)

    await anna.writes("/chats")
    await luka.telegram.wait_for(lambda: luka.telegram.buttons(7))
    await anna.taps("🔄")

    await wait_until(lambda: growth.of(CALLS, method="editMessageText", outcome="unchanged") == 1)
    assert growth.of(CALLS, method="editMessageText", outcome="refused") == 0


async def test_a_flood_is_counted_with_its_seconds(luka: Luka, anna: Person) -> None:
    growth = Growth()
    luka.telegram.faults.add("sendMessage", Fault.flood(2))
    luka.model.reply_with(NO_PREVIEW)

    await anna.writes("Hi!")

    await wait_until(lambda: growth.of("luka_flood_waits_total") == 1)
    assert growth.of("luka_flood_wait_seconds_total") == 2


async def test_a_send_cut_off_on_the_wire_is_counted_as_ambiguous(luka: Luka, anna: Person) -> None:
    growth = Growth()
    luka.telegram.faults.add("sendMessage", Fault.cut_after())

    await ask(luka, anna, "Hi!", NO_PREVIEW)

    await wait_until(lambda: growth.of("luka_ambiguous_sends_total", why="wire") == 1)
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 2)
