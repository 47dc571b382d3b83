"""The comparison sees what it is there to see."""

from collections.abc import AsyncIterator, Collection

import pytest

from chaos.chats import RETRY, STOP, Seen, seen_by
from chaos.ledger import Question
from chaos.tokens import Token, answer_to, answers_in
from luka_bot.demo.telegram import LocalTelegram
from luka_bot.demo.telegram.records import Body, Keyboard
from luka_bot.models.ids import ChatId

ANNA = 7
TOKEN = Token(person=ANNA, thread=0, number=1)
ANSWER = answer_to(TOKEN, sentences=3)


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open() as opened:
        opened.person(ANNA, "Anna")
        yield opened


def says(telegram: LocalTelegram, text: str, button: str = "", data: str = "") -> None:
    keyboard: Keyboard | None = [[{"text": button, "callback_data": data}]] if button else None
    chat = telegram.world.chats[ChatId(ANNA)]
    telegram.world.add(chat, telegram.world.bot.id, Body(text), keyboard=keyboard)


def seen(telegram: LocalTelegram, orphans: Collection[int] = ()) -> Seen:
    question = Question(TOKEN, ANNA, "Main Chat", message_id=1, update_id=1000, at=0.0)
    return seen_by(telegram, [question], lambda message_id: message_id in orphans)[0]


async def test_a_whole_answer_is_one(telegram: LocalTelegram) -> None:
    says(telegram, ANSWER)
    assert seen(telegram).answered
    assert seen(telegram).extra == []


async def test_an_answer_may_go_on_in_another_message(telegram: LocalTelegram) -> None:
    says(telegram, ANSWER[: len(ANSWER) // 2])
    says(telegram, ANSWER[len(ANSWER) // 2 :])
    assert seen(telegram).answered
    assert seen(telegram).extra == []


async def test_nothing_and_half_an_answer_are_none(telegram: LocalTelegram) -> None:
    assert not seen(telegram).answered
    says(telegram, ANSWER[: len(ANSWER) // 2])
    assert not seen(telegram).answered


async def test_an_answer_with_a_hole_is_none(telegram: LocalTelegram) -> None:
    says(telegram, ANSWER.replace(f"{TOKEN}-1", "nothing"))
    assert not seen(telegram).answered


async def test_a_second_copy_is_seen_though_it_be_a_beginning(telegram: LocalTelegram) -> None:
    says(telegram, ANSWER[: len(ANSWER) // 2])
    says(telegram, ANSWER)
    assert len(seen(telegram).extra) == 1


async def test_a_failure_beside_its_answer_is_one_message_too_many(
    telegram: LocalTelegram,
) -> None:
    says(telegram, ANSWER)
    says(telegram, "I can't reach the model.", RETRY, "turn_retry:thread:u1000")
    assert len(seen(telegram).extra) == 1
    assert seen(telegram).offers_retry


async def test_retry_is_tapped_where_luka_failed_after_a_whole_answer_that_it_lost_sight_of(
    telegram: LocalTelegram,
) -> None:
    says(telegram, ANSWER)
    says(telegram, "I can't reach the model.", RETRY, "turn_retry:thread:u1000")
    answer = telegram.shown(ANNA)[-2].message_id
    assert not seen(telegram).needs_retry
    assert seen(telegram, orphans={answer}).needs_retry


async def test_a_stop_button_that_stayed_is_seen(telegram: LocalTelegram) -> None:
    says(telegram, ANSWER, STOP, "turn_stop:u1000")
    assert seen(telegram).shows_stop
    assert not seen(telegram).settled


async def test_a_stranger_s_answer_is_not_taken_for_ours(telegram: LocalTelegram) -> None:
    says(telegram, answer_to(Token(ANNA, 0, 11), sentences=3))
    assert seen(telegram).places == []


def test_every_sentence_of_an_answer_bears_its_number() -> None:
    found = answers_in(answer_to(TOKEN, sentences=12))
    assert found[TOKEN].sentences == set(range(13))
    assert found[TOKEN].whole
