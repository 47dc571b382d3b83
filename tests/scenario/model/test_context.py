"""What happens when a conversation grows longer than the model can read."""

from dataclasses import replace

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.models.errors import ContextTooLong
from luka_bot.models.events import Finished
from luka_bot.models.message import Message, Role
from luka_bot.services.tokens import Calibration
from tests.scenario.model.turning import QUESTION, THREAD, TRIMMED, answer, service_of, talk


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


async def test_a_model_with_a_small_context_of_its_own_still_answers() -> None:
    history = talk(100)
    refusals = [Reply(status=400, error="the input length exceeds the context length")] * 3

    async with ScriptedOllama.open() as model, service_of(model, num_ctx=8192) as service:
        model.reply_with(*refusals)
        events = await answer(service, history)

    assert isinstance(events[-1], Finished)
    first, *_, last = (len(str(request["messages"])) for request in model.requests)
    assert last < first / 8


async def test_a_question_that_the_server_refuses_alone_is_not_sent_again() -> None:
    refusal = Reply(status=400, error="the input length exceeds the context length")

    async with ScriptedOllama.open(reply=refusal) as model, service_of(model) as service:
        with pytest.raises(ContextTooLong):
            await answer(service)

    assert len(model.requests) == 1


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
