"""The model is told as much as fits, in whole exchanges, the newest first."""

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.models.errors import ContextTooLong
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.thread import Thread
from luka_bot.services.prompt import Budget, Prompt, build

NOW = datetime(2026, 1, 1, tzinfo=UTC)
THREAD = Thread(ThreadId("t"), UserId(1), "Main Chat", NOW, NOW)
QUESTION = Message(Role.USER, "And now?", id="now", state=MessageState.PENDING)
PLENTY = Budget(8000)


def exchange(
    number: int, text: str = "word", state: MessageState = MessageState.DONE
) -> list[Message]:
    return [
        Message(Role.USER, f"q{number} {text}", id=str(number), state=state),
        Message(Role.ASSISTANT, f"a{number} {text}", id=str(number), state=state),
    ]


def said(prompt: Prompt) -> list[str]:
    return [message.content for message in prompt.messages]


def prompt_of(
    history: list[Message],
    *,
    budget: Budget = PLENTY,
    thread: Thread = THREAD,
    question: Message = QUESTION,
) -> Prompt:
    return build(question, thread, history, "Be kind.", budget)


def test_all_that_fits_is_told_in_order() -> None:
    prompt = prompt_of([*exchange(1), *exchange(2)])

    assert said(prompt) == ["Be kind.", "q1 word", "a1 word", "q2 word", "a2 word", "And now?"]
    assert prompt.dropped == ()


def test_a_thread_may_have_its_own_system_prompt_and_a_summary() -> None:
    thread = replace(THREAD, system_prompt="Be a pirate.", summary="Anna likes tea.")

    first = prompt_of([], thread=thread).messages[0]

    assert first.role is Role.SYSTEM
    assert first.content.startswith("Be a pirate.")
    assert first.content.endswith("Anna likes tea.")


def test_no_system_prompt_is_no_system_message() -> None:
    assert [one.role for one in build(QUESTION, THREAD, [], "", PLENTY).messages] == [Role.USER]


def test_the_oldest_exchanges_are_dropped_first() -> None:
    history = [*exchange(1, "x " * 50), *exchange(2), *exchange(3)]

    prompt = prompt_of(history, budget=Budget(70))

    assert prompt.dropped == tuple(history[:2])
    assert said(prompt)[1:] == ["q2 word", "a2 word", "q3 word", "a3 word", "And now?"]


def test_nothing_older_comes_back_behind_what_was_dropped() -> None:
    history = [*exchange(1), *exchange(2, "x " * 200), *exchange(3)]

    prompt = prompt_of(history, budget=Budget(70))

    assert prompt.dropped == tuple(history[:4])


@given(
    lengths=st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), max_size=12),
    room=st.integers(0, 1500),
    factor=st.floats(0.4, 3.0),
)
def test_a_budget_never_tears_an_exchange(
    lengths: list[tuple[int, int]], room: int, factor: float
) -> None:
    limit = room + math.ceil(prompt_of([]).least * factor)
    history = [
        message
        for number, (asked, answered) in enumerate(lengths)
        for message in (
            Message(Role.USER, "q" * asked, id=str(number)),
            Message(Role.ASSISTANT, "a" * answered, id=str(number)),
        )
    ]

    prompt = prompt_of(history, budget=Budget(limit, factor))

    told = [one.content for one in prompt.messages[1:-1]]
    assert [one.content for one in prompt.dropped] + told == [one.content for one in history]
    assert len(told) % 2 == 0
    assert prompt.estimated * factor <= limit


def test_questions_asked_at_once_stand_before_their_own_answers() -> None:
    (q1, a1), (q2, a2) = exchange(1), exchange(2)

    assert said(prompt_of([q1, q2, a2, a1]))[1:-1] == ["q1 word", "a1 word", "q2 word", "a2 word"]


def test_the_seeds_messages_without_ids_are_paired_by_their_order() -> None:
    history = [replace(one, id="") for number in (1, 2) for one in exchange(number, "x " * 20)]

    prompt = prompt_of(history, budget=Budget(50))

    assert prompt.dropped == tuple(history[:2])


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.PENDING, MessageState.STOPPED])
def test_a_question_that_got_no_answer_is_left_out(state: MessageState) -> None:
    question, _ = exchange(1, state=state)

    prompt = prompt_of([question, *exchange(2)])

    assert said(prompt)[1:] == ["q2 word", "a2 word", "And now?"]
    assert prompt.dropped == ()


@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.STOPPED])
def test_half_an_answer_is_still_told(state: MessageState) -> None:
    assert said(prompt_of(exchange(1, state=state)))[1:-1] == ["q1 word", "a1 word"]


def test_what_was_said_without_asking_for_an_answer_is_told() -> None:
    remark = Message(Role.USER, "I'm off to lunch", id="r")

    assert said(prompt_of([remark]))[1:-1] == ["I'm off to lunch"]


def test_a_question_asked_again_is_told_once() -> None:
    again = [QUESTION, Message(Role.ASSISTANT, "An older answer", id="now")]

    assert said(prompt_of([*exchange(1), *again]))[1:] == ["q1 word", "a1 word", "And now?"]


def test_names_are_told_only_where_several_people_speak() -> None:
    anna = Message(Role.USER, "Tea?", id="1", name="Anna\nB", sender_id=UserId(1))
    answer = Message(Role.ASSISTANT, "Yes.", id="1", name="luka")
    by_anna = replace(QUESTION, name="Anna B", sender_id=UserId(1))
    by_bob = replace(QUESTION, name="Bob", sender_id=UserId(2))

    alone = prompt_of([anna, answer], question=by_anna)
    together = prompt_of([anna, answer], question=by_bob)

    assert said(alone)[1:] == ["Tea?", "Yes.", "And now?"]
    assert said(together)[1:] == ["Anna B: Tea?", "Yes.", "Bob: And now?"]


def test_pictures_go_along_and_take_their_room() -> None:
    seen = replace(QUESTION, images=("aGk=",))

    prompt = prompt_of([], question=seen)

    assert prompt.messages[-1].images == ("aGk=",)
    assert prompt.estimated > prompt_of([]).estimated + 200


def test_a_summary_gives_way_to_the_question() -> None:
    thread = replace(THREAD, summary="long ago " * 50)

    assert said(prompt_of([], thread=thread, budget=Budget(60))) == ["Be kind.", "And now?"]


def test_a_question_that_alone_is_too_long_is_refused_with_the_limit() -> None:
    with pytest.raises(ContextTooLong) as caught:
        prompt_of([], question=replace(QUESTION, content="word " * 500), budget=Budget(100))

    assert caught.value.limit == 100


def test_room_is_kept_for_the_answer() -> None:
    assert Budget.of(4096, 1.0).limit == 3072
    assert Budget.of(32768, 1.0).limit == 32768 - 2048


def test_what_a_server_refused_shrinks_by_a_share_of_what_was_sent() -> None:
    refused = Prompt((), (), estimated=1000, least=100)

    assert Budget(6000, 2.0).shrunk(refused, 0.7).limit == 1400
    assert Budget(1000, 2.0).shrunk(refused, 0.7).limit == 700


def test_shrinking_never_refuses_a_question_that_was_sent() -> None:
    refused = Prompt((), (), estimated=1000, least=900)

    assert Budget(6000, 2.0).shrunk(refused, 0.7).limit == 1800
