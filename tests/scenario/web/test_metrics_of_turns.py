"""What an operator reads of questions and answers."""

import pytest

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from luka_bot.handlers.callbacks import TurnRegenerate
from luka_bot.models.ids import ThreadId, TurnId
from tests.luka import Luka
from tests.metrics import Growth, sample
from tests.scenario.bot.talking import ask, newest
from tests.waiting import wait_until

TURNS = "luka_turns_total"


async def test_an_answer_is_counted_from_its_update_to_its_last_word(
    luka: Luka, anna: Person
) -> None:
    growth = Growth()

    await ask(luka, anna, "Hi!", Reply("Hello, Anna.", prompt_tokens=30, answer_tokens=12))

    await wait_until(lambda: growth.of(TURNS, outcome="done") == 1)
    assert growth.of("luka_updates_total", kind="message", door="poll") == 1
    assert growth.of("luka_time_to_first_text_seconds_count") == 1
    assert growth.of("luka_answer_seconds_count") == 1
    assert growth.of("luka_tokens_per_second_count") == 1
    assert growth.of("luka_prompt_tokens_total") == 30
    assert growth.of("luka_answer_tokens_total") == 12


async def test_an_answer_in_the_making_is_running_until_its_last_word(
    luka: Luka, anna: Person
) -> None:
    luka.model.gate.clear()
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: luka.model.streaming == 1)
    assert sample("luka_generations_running") == 1

    luka.model.gate.set()

    await wait_until(lambda: sample("luka_generations_running") == 0)


async def test_a_first_text_counts_when_it_is_seen_not_when_all_is_said(
    luka: Luka, anna: Person
) -> None:
    growth = Growth()
    luka.model.gate.clear()
    luka.model.reply_with(Reply("One sentence. And another.", hold_after=3))
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text.startswith("One sentence."))

    luka.model.gate.set()

    await wait_until(lambda: growth.of(TURNS, outcome="done") == 1)
    seen, whole = "luka_time_to_first_text_seconds_sum", "luka_answer_seconds_sum"
    assert growth.of(seen) < growth.of(whole)


async def test_a_stopped_answer_is_no_failure(luka: Luka, anna: Person) -> None:
    growth = Growth()
    luka.model.gate.clear()
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: luka.model.streaming == 1)

    await anna.writes("/stop")

    await wait_until(lambda: growth.of(TURNS, outcome="stopped") == 1)
    assert growth.of(TURNS, outcome="failed") == 0
    assert growth.of("luka_time_to_first_text_seconds_count") == 0


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Reply(status=404, error="model 'llama3.2' not found"), "ModelMissing"),
        (Reply("A sentence. And a half", cut_after=3), "AnswerCut"),
    ],
)
async def test_a_failed_answer_is_counted_with_its_error(
    luka: Luka, anna: Person, trouble: Reply, error: str
) -> None:
    growth = Growth()
    luka.model.reply_with(trouble)

    await anna.writes("Hi!")

    await wait_until(lambda: growth.of(TURNS, outcome="failed") == 1)
    assert growth.of("luka_model_failures_total", error=error) == 1
    assert growth.of(TURNS, outcome="done") == 0


async def test_an_answer_for_somebody_who_left_is_undelivered(luka: Luka, anna: Person) -> None:
    growth = Growth()
    blocked = Fault.refuse(403, "Forbidden: bot was blocked by the user")
    luka.telegram.faults.add("sendMessage", blocked, times=None)

    await anna.writes("Hi!")

    await wait_until(lambda: growth.of(TURNS, outcome="undelivered") == 1)
    assert growth.of("luka_telegram_calls_total", method="sendMessage", outcome="gone") >= 1


async def test_a_question_that_can_not_be_asked_again_is_refused(luka: Luka, anna: Person) -> None:
    growth = Growth()
    answer = await ask(luka, anna, "Hi!")

    await anna.taps_data(
        answer.message_id, TurnRegenerate(thread_id=ThreadId("gone"), id=TurnId("u1")).pack()
    )

    await wait_until(lambda: growth.of(TURNS, outcome="refused") == 1)
