"""Telegram answering late, wrongly or not at all."""

from pathlib import Path

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, can_be_redone, newest


async def test_an_answer_arrives_once_however_often_telegram_refuses_it(
    luka: Luka, anna: Person
) -> None:
    for fault in (Fault.flood(1), Fault.server_error(), Fault.garbage(), Fault.cut_before()):
        luka.telegram.faults.add("sendMessage", fault)

    await anna.writes("Hi!")

    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=30)
    assert luka.telegram.said(7) == ["Hello there."]


async def test_a_token_refused_for_a_moment_loses_no_answer_and_no_reply(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!")
    luka.telegram.faults.add("sendMessage", Fault.refuse(401, "Unauthorized"), times=2)

    await anna.writes("And you?")
    await anna.writes("/help")

    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 3, seconds=10)


async def test_the_stop_button_of_a_message_that_nobody_knows_goes_when_it_is_tapped(
    luka: Luka, anna: Person
) -> None:
    luka.model.reply_with(Reply("The first sentence. And the rest.", hold_after=4))
    luka.model.gate.clear()
    luka.telegram.faults.add("sendMessage", Fault.cut_after())
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: newest(luka, 7).buttons == ["⏹ Stop"])
    luka.model.gate.set()
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)), seconds=30)

    await anna.taps("⏹ Stop")

    unknown, known = luka.telegram.shown(7)[-2:]
    await luka.telegram.wait_for(lambda: luka.telegram.shown(7)[-2].buttons == [])
    assert unknown.text.startswith("The first sentence.")
    assert can_be_redone(known)


async def test_polling_goes_on_after_every_kind_of_failure(luka: Luka, anna: Person) -> None:
    await ask(luka, anna, "First")
    troubles = (Fault.server_error(), Fault.garbage(), Fault.cut_after(), Fault.flood(1))
    for fault in troubles:
        luka.telegram.faults.add("getUpdates", fault)

    luka.model.reply_with("Still here.")
    await anna.writes("Second")

    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Still here.", seconds=30)
    assert luka.telegram.said(7) == ["Hello there.", "Still here."]


async def test_a_person_who_has_blocked_the_bot_disturbs_nobody(luka: Luka, anna: Person) -> None:
    luka.model.gate.clear()
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)
    await anna.blocks_bot()
    luka.model.gate.set()
    boris = luka.telegram.person(8, "Boris")

    await boris.writes("Hello?")

    await luka.telegram.wait_for(lambda: newest(luka, 8).text == "Hello there.")


async def test_a_webhook_from_before_is_removed_and_nothing_dropped(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Hi!")

    removed = luka.telegram.calls_of("deleteWebhook")
    assert [call.params.get("drop_pending_updates") for call in removed] == ["false"]


async def test_a_group_is_answered_even_if_telegram_did_not_say_who_we_are_at_first(
    tmp_path: Path,
) -> None:
    async with running_luka(tmp_path, faults={"getMe": Fault.server_error()}) as luka:
        anna = luka.telegram.person(7, "Anna")
        luka.telegram.group(-100, "Family", [anna])

        await anna.writes("@luka_bot hello", chat=-100)

        await luka.telegram.wait_for(lambda: luka.telegram.said(-100) == ["Hello there."])
