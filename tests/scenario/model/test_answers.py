"""A question's way through the service to the model and back, over HTTP."""

from contextlib import aclosing
from dataclasses import replace

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.models.errors import AnswerCut, AnswerEmpty, ModelFailed, ModelMissing
from luka_bot.models.events import Cut, Delta, Finished, Thinking
from tests.scenario.model.turning import QUESTION, THREAD, answer, service_of, talk
from tests.waiting import wait_until


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
