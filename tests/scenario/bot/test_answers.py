"""How an answer is written, stopped, repeated and written anew."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from luka_bot.services.turn_service import WAITING_LIMIT
from tests.luka import Luka
from tests.scenario.bot.talking import ask, can_be_redone, newest, told_to_model

LONG = "The first sentence stands. " + "And more follows here, word by word. " * 20


async def held(luka: Luka, anna: Person, words: int = 8) -> None:
    """Ask something whose answer stops growing after some words, until the gate opens."""
    luka.model.gate.clear()
    luka.model.reply_with(Reply(LONG, hold_after=words))
    await anna.writes("Tell me a story")
    await luka.telegram.wait_for(lambda: "⏹ Stop" in newest(luka, anna.id).buttons)


async def test_an_answer_grows_in_one_message_and_ends_whole(luka: Luka, anna: Person) -> None:
    await held(luka, anna)
    assert newest(luka, 7).text.startswith("The first sentence stands.")

    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))
    assert luka.telegram.said(7) == [LONG.strip()]


async def test_the_stop_button_ends_the_answer_where_it_is(luka: Luka, anna: Person) -> None:
    await held(luka, anna)

    await anna.taps("⏹ Stop")

    await luka.telegram.wait_for(lambda: "⏹ Stopped." in newest(luka, 7).text)
    assert newest(luka, 7).buttons == ["🔁 Retry"]
    assert luka.telegram.toasts(7) == ["⏹ Stopping."]
    await luka.telegram.wait_for(lambda: luka.model.aborted == 1)


async def test_the_stop_command_overtakes_the_answer(luka: Luka, anna: Person) -> None:
    await held(luka, anna)

    await anna.writes("/stop")

    await luka.telegram.wait_for(lambda: "⏹ Stopped." in newest(luka, 7).text)
    assert len(luka.telegram.said(7)) == 1


async def test_the_stop_command_sets_waiting_questions_aside_as_well(
    luka: Luka, anna: Person
) -> None:
    await held(luka, anna)
    await anna.writes("And another one?")
    await luka.telegram.wait_for(lambda: luka.telegram.pending_updates == 0)

    await anna.writes("/stop")

    await luka.telegram.wait_for(lambda: luka.telegram.said(7)[-1] == "⏹ Stopped.")
    assert newest(luka, 7).buttons == ["🔁 Retry"]
    assert len(luka.model.requests) == 1


async def test_stopping_nothing_says_so(luka: Luka, anna: Person) -> None:
    await anna.writes("/stop")

    await luka.telegram.wait_for(lambda: "Nothing is being written" in newest(luka, 7).text)


async def test_what_was_said_before_the_stop_stays_in_the_history(luka: Luka, anna: Person) -> None:
    await held(luka, anna)
    await anna.taps("⏹ Stop")
    await luka.telegram.wait_for(lambda: "🔁 Retry" in newest(luka, 7).buttons)
    luka.model.gate.set()

    await ask(luka, anna, "And then?")

    said = told_to_model(luka)
    assert said[0] == "Tell me a story"
    assert said[1].startswith("The first sentence stands.")
    assert said[2] == "And then?"


async def test_regenerate_writes_the_last_answer_anew_in_its_place(
    luka: Luka, anna: Person
) -> None:
    first = await ask(luka, anna, "Name a colour", answer="Red.")
    luka.model.reply_with("Blue.")

    await anna.taps("🔄 Regenerate")

    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["Blue."])
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))
    assert newest(luka, 7).message_id == first.message_id
    await ask(luka, anna, "Which one was it?")
    assert told_to_model(luka) == ["Name a colour", "Blue.", "Which one was it?"]


async def test_only_the_last_answer_keeps_its_button(luka: Luka, anna: Person) -> None:
    first = await ask(luka, anna, "One", answer="First.")
    await ask(luka, anna, "Two", answer="Second.")

    def buttons() -> list[list[str]]:
        return [shown.buttons for shown in luka.telegram.shown(7) if shown.is_bot]

    await luka.telegram.wait_for(lambda: buttons() == [[], ["🔄 Regenerate"]])
    turn = luka.telegram.shown(7)[-1].keyboard[0][0].data or ""
    await anna.taps_data(first.message_id, turn[:-1])
    await luka.telegram.wait_for(lambda: "no longer have this question" in toast(luka))


def toast(luka: Luka) -> str:
    return (luka.telegram.toasts(7) or [""])[-1]


async def test_two_quick_messages_are_answered_in_their_order(luka: Luka, anna: Person) -> None:
    luka.model.gate.clear()
    luka.model.reply_with("First answer.", "Second answer.")
    await anna.writes("First question")
    await anna.writes("Second question")
    await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)

    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 2)
    assert luka.telegram.said(7) == ["First answer.", "Second answer."]
    assert told_to_model(luka) == ["First question", "First answer.", "Second question"]


async def test_two_threads_of_one_person_answer_side_by_side(luka: Luka, anna: Person) -> None:
    await held(luka, anna)
    await anna.writes("/new Quick")
    await luka.telegram.wait_for(lambda: "Quick" in newest(luka, 7).text)
    luka.model.reply_with(Reply("Quick answer.", hold_after=99))

    await anna.writes("Something short")

    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Quick answer.")
    assert luka.model.streaming == 1
    luka.model.gate.set()
    await luka.telegram.wait_for(lambda: LONG.strip() in luka.telegram.said(7))


async def test_an_answer_says_what_it_replies_to_where_several_are_written(
    luka: Luka, anna: Person
) -> None:
    await held(luka, anna)
    await anna.writes("/new Quick")
    await luka.telegram.wait_for(lambda: "Quick" in newest(luka, 7).text)
    luka.model.reply_with(Reply("Quick answer.", hold_after=99))

    question = await anna.writes("Something short")

    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Quick answer.")
    assert newest(luka, 7).reply_to == question
    luka.model.gate.set()


async def test_a_long_paste_is_one_question(luka: Luka, anna: Person) -> None:
    await anna.writes("a" * 4096)
    await anna.writes("b" * 4096)
    await anna.writes("the end")

    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))
    assert told_to_model(luka) == ["a" * 4096 + "b" * 4096 + "the end"]
    assert len(luka.model.requests) == 1


async def test_one_persons_flood_is_refused_kindly_and_stops_nobody(
    luka: Luka, anna: Person
) -> None:
    luka.model.gate.clear()
    for number in range(WAITING_LIMIT + 5):
        await anna.writes(f"Question {number}")
    await luka.telegram.wait_for(lambda: "questions waiting already" in newest(luka, 7).text)
    boris = luka.telegram.person(8, "Boris")
    luka.model.reply_with(Reply("For Boris.", hold_after=99))

    await boris.writes("Hello?")

    await luka.telegram.wait_for(lambda: newest(luka, 8).text == "For Boris.")
    assert len([text for text in luka.telegram.said(7) if "waiting already" in text]) == 1


async def test_a_failing_regenerate_keeps_the_answer_that_was_there(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Name a colour", answer="Red.")
    luka.model.reply_with(Reply(status=500))

    await anna.taps("🔄 Regenerate")

    await luka.telegram.wait_for(lambda: "reported an error" in newest(luka, 7).text)
    assert newest(luka, 7).text.startswith("Red.")


async def test_stopping_a_regenerate_before_its_first_word_keeps_the_answer_that_was_there(
    luka: Luka, anna: Person
) -> None:
    await ask(luka, anna, "Name a colour", answer="Red.")
    luka.model.gate.clear()
    await anna.taps("🔄 Regenerate")
    await luka.telegram.wait_for(lambda: luka.model.streaming == 1)

    await anna.writes("/stop")

    await luka.telegram.wait_for(lambda: "⏹ Stopped." in newest(luka, 7).text)
    assert newest(luka, 7).text.startswith("Red.")


async def test_in_a_group_the_model_is_told_who_speaks(luka: Luka, anna: Person) -> None:
    boris = luka.telegram.person(8, "Борис", language="ru")
    luka.telegram.group(-100, "Family", [anna, boris])
    await anna.writes("@luka_bot my name is Anna", chat=-100)
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(-100)) == 1)

    await boris.writes("@luka_bot как меня зовут?", chat=-100)

    await luka.telegram.wait_for(lambda: len(luka.telegram.said(-100)) == 2)
    assert told_to_model(luka) == [
        "Anna: @luka_bot my name is Anna",
        "Hello there.",
        "Борис: @luka_bot как меня зовут?",
    ]
