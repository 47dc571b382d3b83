"""What a person reads when something is away, missing or broken, and how they go on."""

from pathlib import Path

import pytest

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, can_be_redone, newest, told_to_model

TROUBLES = [
    (Reply(status=404, error="model 'llama3.2' not found"), "ollama pull llama3.2"),
    (Reply(status=500, error="model requires more system memory (9 GiB)"), "doesn't fit"),
    (Reply(status=503, error="server busy"), "too much to do"),
    (Reply(status=401, error="unauthorized"), "doesn't let me in"),
    (Reply(status=502, error="llama runner died"), "reported an error"),
    (Reply(""), "had nothing to say"),
    (Reply("Half a", cut_after=0), "broke off"),
]


@pytest.mark.parametrize(("trouble", "sentence"), TROUBLES)
async def test_each_failure_has_its_sentence_and_a_way_on(
    luka: Luka, anna: Person, trouble: Reply, sentence: str
) -> None:
    luka.model.reply_with(trouble)
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: sentence in newest(luka, 7).text)
    assert newest(luka, 7).buttons == ["🔁 Retry"]
    luka.model.reply_with("Here I am.")

    await anna.taps("🔁 Retry")

    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["Here I am."])


async def test_a_stopped_ollama_is_told_and_retry_works_when_it_is_back(
    luka: Luka, anna: Person
) -> None:
    await luka.model.stop()
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: "can't reach the model" in newest(luka, 7).text)
    await luka.model.start()
    luka.model.reply_with("Back again.")

    await anna.taps("🔁 Retry")

    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["Back again."])
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))


async def test_a_cut_answer_can_be_asked_for_again_also_when_the_talk_went_on(
    luka: Luka, anna: Person
) -> None:
    luka.model.reply_with(Reply("A whole sentence. And then a", cut_after=4))
    await anna.writes("One?")
    await luka.telegram.wait_for(lambda: "broke off" in newest(luka, 7).text)
    cut = newest(luka, 7).message_id
    second = await ask(luka, anna, "Two?", "This is two.")
    await ask(luka, anna, "Three?", "This is three.")
    await luka.telegram.wait_for(lambda: buttons_of(luka, second.message_id) == [])

    assert buttons_of(luka, cut) == ["🔁 Retry"]
    luka.model.reply_with("This is one.")
    await anna.taps("🔁 Retry")

    await luka.telegram.wait_for(
        lambda: luka.telegram.said(7) == ["This is one.", "This is two.", "This is three."]
    )


def buttons_of(luka: Luka, message_id: int) -> list[str]:
    shown = luka.telegram.shown(7)
    return next(one.buttons for one in shown if one.message_id == message_id)


async def test_a_cut_answer_keeps_what_was_said(luka: Luka, anna: Person) -> None:
    luka.model.reply_with(Reply("A whole sentence. And then a", cut_after=4))

    await anna.writes("Hi!")

    await luka.telegram.wait_for(lambda: "broke off" in newest(luka, 7).text)
    assert newest(luka, 7).text.startswith("A whole sentence.")
    assert newest(luka, 7).buttons == ["🔁 Retry"]


async def test_a_silent_model_is_given_up_after_the_timeout(tmp_path: Path) -> None:
    async with running_luka(tmp_path, model_first_token_timeout=0.3) as luka:
        anna = luka.telegram.person(7, "Anna")
        luka.model.reply_with(Reply("never", hang_after=0))

        await anna.writes("Hi!")

        await luka.telegram.wait_for(lambda: "went silent" in newest(luka, 7).text)


async def test_a_failed_question_is_not_forgotten(luka: Luka, anna: Person) -> None:
    luka.model.reply_with(Reply(status=500))
    await anna.writes("My name is Anna")
    await luka.telegram.wait_for(lambda: "🔁 Retry" in newest(luka, 7).buttons)
    luka.model.reply_with("Hello Anna.")
    await anna.taps("🔁 Retry")
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, 7)))

    await ask(luka, anna, "Who am I?")

    assert told_to_model(luka) == ["My name is Anna", "Hello Anna.", "Who am I?"]
