"""The right words for the place, the person and the number."""

from pathlib import Path

import pytest

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import can_be_redone, newest, told_to_model

FAMILY = -100


@pytest.fixture
def family(luka: Luka, anna: Person) -> None:
    luka.telegram.group(FAMILY, "Family", [anna])


@pytest.mark.usefixtures("family")
async def test_in_a_group_start_tells_how_to_call_luka(luka: Luka, anna: Person) -> None:
    await anna.writes("/start@luka_bot", chat=FAMILY)

    await luka.telegram.wait_for(lambda: "write @luka_bot" in newest(luka, FAMILY).text)
    assert "reply to one of mine" in newest(luka, FAMILY).text


@pytest.mark.usefixtures("family")
async def test_in_a_group_cards_speak_to_everybody_and_say_how_to_go_on(
    luka: Luka, anna: Person
) -> None:
    await anna.writes("/new@luka_bot Shopping", chat=FAMILY)
    await anna.writes("/new@luka_bot Holidays", chat=FAMILY)
    await luka.telegram.wait_for(lambda: "Holidays is ready" in newest(luka, FAMILY).text)
    assert newest(luka, FAMILY).text.endswith("Mention me or reply to one of my messages to begin!")
    await anna.writes("/chats@luka_bot", chat=FAMILY)
    await luka.telegram.wait_for(lambda: "Threads of this chat" in newest(luka, FAMILY).text)
    assert "There are 2 threads." in newest(luka, FAMILY).text

    await anna.taps("Shopping (0)", chat=FAMILY)

    await luka.telegram.wait_for(lambda: "Switched to Thread" in newest(luka, FAMILY).text)
    assert newest(luka, FAMILY).text.endswith(
        "Mention me or reply to one of my messages to continue the conversation!"
    )


async def test_before_start_luka_describes_itself_in_both_languages(luka: Luka) -> None:
    said = luka.telegram.world.descriptions

    await luka.telegram.wait_for(lambda: ("short_description", "ru") in said)

    assert "private machine" in said["description", ""]
    assert said["description", ""] == said["description", "en"]
    assert "на своём сервере" in said["description", "ru"]
    assert "на своём сервере" in said["short_description", "ru"]


async def test_a_silence_of_one_second_is_told_in_the_singular(tmp_path: Path) -> None:
    async with running_luka(tmp_path, model_first_token_timeout=0.8) as luka:
        boris = luka.telegram.person(8, "Борис", language="ru")
        luka.model.reply_with(Reply("never", hang_after=0))

        await boris.writes("Ау?")

        await luka.telegram.wait_for(lambda: "молчала 1 секунду" in newest(luka, 8).text)


async def test_an_answer_that_had_no_room_for_more_says_so_and_how_it_goes_on(luka: Luka) -> None:
    anna = luka.telegram.person(7, "Anna")
    luka.model.reply_with(Reply("Once upon a", full=True), "time, there was a bot.")

    await anna.writes("Tell me a story")
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))
    assert newest(luka, 7).text == (
        "Once upon a\n\n✂️ I had no room for more here. Write “go on”, and I do."
    )

    await anna.writes("go on")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "time, there was a bot.")
    assert told_to_model(luka)[-2:] == ["Once upon a", "go on"]


async def test_a_question_about_a_thread_counts_its_messages_as_one_speaks(luka: Luka) -> None:
    boris = luka.telegram.person(8, "Борис", language="ru")
    luka.model.reply_with("Да.")
    await boris.writes("Раз")
    await luka.telegram.wait_for(lambda: "🔄 Заново" in newest(luka, 8).buttons)

    await boris.writes("/clear")

    await luka.telegram.wait_for(lambda: "(2 сообщения)" in newest(luka, 8).text)


async def test_what_is_begun_again_after_a_stop_makes_no_second_thread(tmp_path: Path) -> None:
    silent = {"sendMessage": Fault.silence()}
    async with running_luka(tmp_path, faults=silent, shutdown_grace=0.1) as luka:
        anna = luka.telegram.person(7, "Anna")
        await anna.writes("/new Trip")
        await luka.telegram.wait_for(lambda: luka.telegram.calls_of("sendMessage"))
        await luka.stop()
        luka.start()
        await luka.telegram.wait_for(lambda: "Trip is ready" in newest(luka, 7).text)

        await anna.writes("/chats")

        await luka.telegram.wait_for(lambda: "You have 1 thread." in newest(luka, 7).text)
