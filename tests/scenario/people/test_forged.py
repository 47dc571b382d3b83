"""Data that nobody was given, and ids of others: refused, and written down."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from luka_bot.demo.telegram.local import FIRST_UPDATE
from luka_bot.handlers import callbacks as tap
from luka_bot.models.ids import ThreadId, TurnId
from tests.scenario.bot.talking import ask, newest
from tests.scenario.people.house import House


async def _in(house: House) -> Person:
    """Mira is in, too."""
    mira = house.luka.telegram.person(11, "Mira")
    await mira.writes("/start")
    await house.admins_see("Mira asks to come in")
    await house.olga.taps("✅ Approve", chat=-100777)
    await house.hears(mira, "You're in, Mira!")
    return mira


async def test_other_people_s_threads_and_answers_are_out_of_reach(house: House) -> None:
    mira = await _in(house)
    answer = await ask(house.luka, house.anna, "My secret", "I keep it.")
    again = answer.keyboard[0][0].data or ""
    _, thread_id, turn_id = again.split(":")
    theirs, turn = ThreadId(thread_id), TurnId(turn_id)
    forged = [
        tap.ThreadSelect(id=theirs),
        tap.ThreadCard(id=theirs),
        tap.ThreadRename(id=theirs),
        tap.ThreadClear(id=theirs),
        tap.ThreadClearYes(id=theirs),
        tap.ThreadExport(id=theirs),
        tap.ThreadDelete(id=theirs),
        tap.ThreadDeleteYes(id=theirs),
        tap.Keep(id=theirs),
        tap.TurnRetry(thread_id=theirs, id=turn),
        tap.TurnRegenerate(thread_id=theirs, id=turn),
    ]
    message_id = newest(house.luka, mira.id).message_id
    for one in forged:
        await mira.taps_data(message_id, one.pack())
    refused = "This isn't your thread. Send /chats to see yours."
    toasts = house.luka.telegram.toasts
    await house.luka.telegram.wait_for(lambda: toasts(mira.id) == [refused] * len(forged))

    others = [one for one in await house.audited() if one[3] == "others_thread"]
    assert others == [("refused", mira.id, None, "others_thread")] * len(forged)
    assert house.said_to(house.anna) == ["I keep it."]


async def test_nobody_stops_another_s_answer(house: House) -> None:
    mira = await _in(house)
    house.luka.model.gate.clear()
    house.luka.model.reply_with(Reply("Slow and whole."))
    await house.anna.writes("Tell me")
    await house.luka.telegram.wait_for(lambda: len(house.luka.model.requests) == 1)
    turn = TurnId(f"u{FIRST_UPDATE + 2}")  # after Mira's start and Olga's tap
    await mira.taps_data(newest(house.luka, mira.id).message_id, tap.TurnStop(id=turn).pack())
    await house.toast(mira, "This isn't your thread.")
    house.luka.model.gate.set()

    await house.hears(house.anna, "Slow and whole.")
    assert ("refused", mira.id, None, "others_thread") in await house.audited()


async def test_data_that_is_no_button_of_ours_is_noted(house: House) -> None:
    answer = await ask(house.luka, house.anna, "Hi")
    for data in ("thread_page:abc", "person_decide:own:7", "x" * 64, "drop table"):
        await house.anna.taps_data(answer.message_id, data)
    toasts = house.luka.telegram.toasts
    await house.luka.telegram.wait_for(lambda: len(toasts(house.anna.id)) == 4)

    noted = [one[3] for one in await house.audited()]
    assert noted == ["unknown_button"] * 4
