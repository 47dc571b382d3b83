"""What happens to an answer when its thread goes while it is being written."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from tests.luka import Luka
from tests.scenario.bot.talking import ask, newest, told_to_model

STORY = "The first sentence stands. " + "And more follows here. " * 20


async def under_way(luka: Luka, anna: Person) -> int:
    """An answer that stops growing after some words; returns its message."""
    luka.model.gate.clear()
    luka.model.reply_with(Reply(STORY, hold_after=8))
    await anna.writes("Tell me a story")
    await luka.telegram.wait_for(lambda: "⏹ Stop" in newest(luka, anna.id).buttons)
    return newest(luka, anna.id).message_id


def text_of(luka: Luka, message_id: int) -> str:
    return luka.telegram.versions(7, message_id)[-1]


async def test_deleting_a_thread_stops_its_answer_and_undo_brings_both_back(
    luka: Luka, anna: Person
) -> None:
    answer = await under_way(luka, anna)
    await anna.writes("/delete")
    await luka.telegram.wait_for(lambda: "🗑 Yes, delete" in newest(luka, 7).buttons)
    await anna.taps("🗑 Yes, delete")
    await luka.telegram.wait_for(lambda: "is deleted" in newest(luka, 7).text)
    assert text_of(luka, answer).endswith("⏹ Stopped.")

    await anna.taps("↩️ Undo")
    await luka.telegram.wait_for(lambda: "is back" in newest(luka, 7).text)
    luka.model.gate.set()

    await ask(luka, anna, "Go on")
    assert told_to_model(luka)[0] == "Tell me a story"
    assert told_to_model(luka)[1].startswith("The first sentence stands.")


async def test_clearing_a_thread_stops_its_answer_and_nothing_of_it_is_kept(
    luka: Luka, anna: Person
) -> None:
    answer = await under_way(luka, anna)
    await anna.writes("/clear")
    await luka.telegram.wait_for(lambda: "🧹 Yes, forget it" in newest(luka, 7).buttons)
    await anna.taps("🧹 Yes, forget it")
    await luka.telegram.wait_for(lambda: "I have forgotten" in newest(luka, 7).text)
    assert text_of(luka, answer).endswith("⏹ Stopped.")
    luka.model.gate.set()

    await ask(luka, anna, "What was it about?")

    assert told_to_model(luka) == ["What was it about?"]
