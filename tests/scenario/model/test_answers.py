"""A question's way through the service to the model and back, over HTTP."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.models.errors import (
    AnswerCut,
    AnswerEmpty,
    ContextTooLong,
    ModelFailed,
    ModelMissing,
)
from luka_bot.models.events import (
    Cut,
    Delta,
    Finished,
    Notice,
    NoticeKind,
    Thinking,
    TurnEvent,
)
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.thread import Thread
from luka_bot.services.llm_service import LLMService, ModelDefaults
from luka_bot.services.tokens import Calibration
from tests.scenario.model.asking import client_of
from tests.waiting import wait_until

NOW = datetime(2026, 1, 1, tzinfo=UTC)
THREAD = Thread(ThreadId("t"), UserId(1), "Main Chat", NOW, NOW)
QUESTION = Message(Role.USER, "And now?", id="now", state=MessageState.PENDING)
TRIMMED = Notice(NoticeKind.HISTORY_TRIMMED)


def talk(exchanges: int, words: int = 20) -> list[Message]:
    return [
        Message(role, f"{role} {number} " + "word " * words, id=str(number), seq=number)
        for number in range(exchanges)
        for role in (Role.USER, Role.ASSISTANT)
    ]


@asynccontextmanager
async def service_of(
    model: ScriptedOllama, *, num_ctx: int = 4096, calibration: Calibration | None = None
) -> AsyncIterator[LLMService]:
    defaults = ModelDefaults("llama3.2", "Be kind.", num_ctx)
    async with client_of(model.url) as client:
        yield LLMService(client, defaults, calibration or Calibration())


async def answer(
    service: LLMService, history: Sequence[Message] = (), thread: Thread = THREAD
) -> list[TurnEvent]:
    stream = service.stream_response(
        QUESTION, thread_id=thread.thread_id, thread=thread, history=history
    )
    async with aclosing(stream) as events:
        return [event async for event in events]


async def test_thoughts_and_text_come_as_they_are_written_and_end_finished() -> None:
    async with (
        ScriptedOllama.open(reply=Reply("Good day.", thinking="Hm.")) as model,
        service_of(model) as service,
    ):
        *events, last = await answer(service)

    assert events == [Thinking("Hm."), Delta("Good"), Delta(" day.")]
    assert isinstance(last, Finished)
    assert last.usage.answer_tokens > 0


async def test_the_model_hears_the_threads_own_prompt_and_history_from_the_threads_own_model() -> (
    None
):
    thread = replace(THREAD, model="qwen3", system_prompt="Be a pirate.")

    async with ScriptedOllama.open() as model, service_of(model) as service:
        await answer(service, talk(1, words=1), thread)

    assert model.requests[0]["model"] == "qwen3"
    assert [one["content"] for one in model.requests[0]["messages"]] == [
        "Be a pirate.",
        "user 0 word ",
        "assistant 0 word ",
        "And now?",
    ]


async def test_a_thread_without_its_own_has_the_default_model_and_prompt() -> None:
    async with ScriptedOllama.open() as model, service_of(model) as service:
        await answer(service)

    assert model.requests[0]["model"] == "llama3.2"
    assert model.requests[0]["messages"][0] == {"role": "system", "content": "Be kind."}


async def test_messages_that_no_longer_fit_are_told_of_once_before_the_answer() -> None:
    history = talk(30)

    async with ScriptedOllama.open() as model, service_of(model, num_ctx=1024) as service:
        dropped = service.dropped(QUESTION, thread=THREAD, history=history)
        first, *others = await answer(service, history)

    assert first == TRIMMED
    assert TRIMMED not in others
    sent = len(model.requests[0]["messages"]) - 2
    assert dropped == tuple(history[: len(history) - sent])


async def test_a_history_that_fits_is_not_spoken_of() -> None:
    async with ScriptedOllama.open() as model, service_of(model) as service:
        assert TRIMMED not in await answer(service, talk(3))
        assert service.dropped(QUESTION, thread=THREAD, history=talk(3)) == ()


async def test_a_prompt_that_the_server_finds_too_long_is_shortened_and_sent_again() -> None:
    optimist = Calibration()
    optimist.learn("llama3.2", estimated=1000, counted=500, num_ctx=8192)

    async with (
        ScriptedOllama.open() as model,
        service_of(model, num_ctx=1024, calibration=optimist) as service,
    ):
        events = await answer(service, talk(40))

    sizes = [len(request["messages"]) for request in model.requests]
    assert len(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)
    assert events[0] == TRIMMED
    assert isinstance(events[-1], Finished)


async def test_a_server_that_finds_everything_too_long_is_asked_four_times() -> None:
    refusal = Reply(status=400, error="the input length exceeds the context length")

    async with ScriptedOllama.open(reply=refusal) as model, service_of(model) as service:
        with pytest.raises(ContextTooLong):
            await answer(service, talk(30))

    assert len(model.requests) == 4


async def test_a_question_that_can_not_fit_never_reaches_the_server() -> None:
    endless = replace(QUESTION, content="word " * 5000)

    async with ScriptedOllama.open() as model, service_of(model) as service:
        stream = service.stream_response(
            endless, thread_id=THREAD.thread_id, thread=THREAD, history=()
        )
        with pytest.raises(ContextTooLong):
            await anext(stream)
        assert service.dropped(endless, thread=THREAD, history=talk(1)) == ()

    assert model.requests == []


async def test_the_servers_counts_make_the_next_estimate_better() -> None:
    calibration = Calibration()

    async with (
        ScriptedOllama.open(reply=Reply("Yes.", prompt_tokens=1500)) as model,
        service_of(model, calibration=calibration) as service,
    ):
        await answer(service, talk(20))

    assert calibration.factor("llama3.2") > 1.2


async def test_a_picture_teaches_nothing_about_text() -> None:
    calibration = Calibration()
    seen = [Message(Role.USER, "Look", images=("aGk=",)), Message(Role.ASSISTANT, "Nice")]

    async with (
        ScriptedOllama.open() as model,
        service_of(model, calibration=calibration) as service,
    ):
        await answer(service, seen)

    assert calibration.factor("llama3.2") == 1.0


async def test_an_error_before_the_first_word_is_raised() -> None:
    async with ScriptedOllama.open(models=("qwen3",)) as model, service_of(model) as service:
        with pytest.raises(ModelMissing):
            await answer(service, talk(2))


async def test_an_error_after_a_thought_is_raised_too() -> None:
    broken = Reply("Yes.", thinking="Hm.", error_after=0)

    async with ScriptedOllama.open(reply=broken) as model, service_of(model) as service:
        with pytest.raises(ModelFailed):
            await answer(service)


async def test_an_error_after_the_first_word_cuts_the_answer() -> None:
    async with (
        ScriptedOllama.open(reply=Reply("one two three", cut_after=2)) as model,
        service_of(model) as service,
    ):
        *events, last = await answer(service)

    assert events == [Delta("one"), Delta(" two")]
    assert isinstance(last, Cut)
    assert isinstance(last.error, AnswerCut)


@pytest.mark.parametrize(
    "reply",
    [Reply(""), Reply(" \n "), Reply("", thinking="Hm."), Reply("<think>Only this</think>\n")],
    ids=["nothing", "blank", "thinking", "think tags"],
)
async def test_an_answer_without_a_word_is_empty(reply: Reply) -> None:
    async with ScriptedOllama.open(reply=reply) as model, service_of(model) as service:
        with pytest.raises(AnswerEmpty):
            await answer(service)


async def test_blank_lines_before_the_first_word_are_left_out() -> None:
    async with (
        ScriptedOllama.open(reply=Reply("\n\nYes, dear.", chunk=2)) as model,
        service_of(model) as service,
    ):
        events = await answer(service)

    assert events[0] == Delta("Ye")


async def test_closing_the_answer_reaches_the_server() -> None:
    async with (
        ScriptedOllama.open(reply=Reply("one two", hold_after=1)) as model,
        service_of(model) as service,
    ):
        model.gate.clear()
        stream = service.stream_response(
            QUESTION, thread_id=THREAD.thread_id, thread=THREAD, history=()
        )
        async with aclosing(stream) as events:
            assert await anext(events) == Delta("one")
        await wait_until(lambda: model.streaming == 0)

    assert model.aborted == 1


async def test_the_installed_models_are_available() -> None:
    async with ScriptedOllama.open() as model, service_of(model) as service:
        available = await service.available_models()

    assert [one.name for one in available] == ["llama3.2:latest", "qwen3:latest"]
