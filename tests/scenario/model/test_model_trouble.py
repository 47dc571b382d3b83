"""Each way in which a model's server can fail has a name of its own."""

import base64
from contextlib import aclosing

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.llm.connection import Timeouts
from luka_bot.llm.ollama import OllamaClient
from luka_bot.llm.protocol import ChatMessage, ChatRequest
from luka_bot.models.errors import (
    AnswerCut,
    ContextTooLong,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelMissing,
    ModelOutOfMemory,
    ModelStalled,
)
from luka_bot.models.events import Delta
from luka_bot.models.message import Role
from tests.scenario.model.asking import (
    HASTY,
    PATIENT,
    ask,
    client_of,
    request,
    text_of,
    until_trouble,
)
from tests.scenario.model.raw_server import saying
from tests.waiting import wait_until

MEMORY = "model requires more system memory (9.1 GiB) than is available (7.3 GiB)"


async def test_an_answer_arrives_and_the_server_was_told_all_it_needs() -> None:
    picture = base64.b64encode(b"a picture").decode()
    asked = ChatRequest("qwen3", (ChatMessage(Role.USER, "What is this?", (picture,)),), 2048)

    async with ScriptedOllama.open(reply="A picture, I think.") as model:
        assert text_of(await ask(model.url, asked)) == "A picture, I think."

    assert model.requests == [
        {
            "model": "qwen3",
            "messages": [{"role": "user", "content": "What is this?", "images": [picture]}],
            "stream": True,
            "truncate": False,
            "shift": False,
            "keep_alive": "30m",
            "options": {"num_ctx": 2048},
        }
    ]


async def test_a_lifetime_without_a_unit_is_sent_as_a_number() -> None:
    async with (
        ScriptedOllama.open() as model,
        OllamaClient.open(model.url, PATIENT, keep_alive="-1") as client,
        aclosing(client.stream(request())) as events,
    ):
        assert [event async for event in events]

    assert model.requests[0]["keep_alive"] == -1


async def test_a_model_that_was_never_pulled_is_missing_by_name() -> None:
    async with ScriptedOllama.open() as model:
        with pytest.raises(ModelMissing) as caught:
            await ask(model.url, request(model="gpt-9"))

    assert caught.value.model == "gpt-9"


@pytest.mark.parametrize("path", ["", "/proxy/"])
async def test_nobody_at_the_address_is_told_with_the_address_but_no_password(path: str) -> None:
    async with ScriptedOllama.open() as model:
        pass
    gone = model.url.replace("//", "//anna:secret@") + path

    with pytest.raises(ModelAway) as caught:
        await ask(gone)

    assert caught.value.url.rstrip("/") == (model.url + path).rstrip("/")


async def test_an_address_that_is_none_is_away() -> None:
    with pytest.raises(ModelAway):
        await ask("localhost")


async def test_a_server_that_went_away_and_came_back_is_met_anew() -> None:
    async with ScriptedOllama.open(reply="Here I am.") as model, client_of(model.url) as client:

        async def heard() -> str:
            async with aclosing(client.stream(request())) as events:
                return text_of([event async for event in events])

        assert await heard() == "Here I am."
        await model.stop()
        with pytest.raises(ModelAway):
            await heard()
        await model.start()
        assert await heard() == "Here I am."


@pytest.mark.parametrize(
    ("status", "error", "kind"),
    [
        (500, MEMORY, ModelOutOfMemory),
        (500, "CUDA error: out of memory", ModelOutOfMemory),
        (500, "cudaMalloc failed: out of memory", ModelOutOfMemory),
        (400, "the input length exceeds the context length", ContextTooLong),
        (400, "request (9000 tokens) exceeds the available context size (8192)", ContextTooLong),
        (400, "prompt too long; exceeded max context length by 4 tokens", ContextTooLong),
        (404, "404 page not found", ModelFailed),
        (503, "server busy, please try again. maximum pending requests exceeded", ModelBusy),
        (502, "llama runner died", ModelFailed),
    ],
)
async def test_a_refusal_is_sorted_by_its_words(
    status: int, error: str, kind: type[ModelError]
) -> None:
    async with ScriptedOllama.open(reply=Reply(status=status, error=error)) as model:
        with pytest.raises(kind) as caught:
            await ask(model.url)

    assert type(caught.value) is kind


async def test_a_refusal_that_is_no_json_keeps_its_words() -> None:
    refusal = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 12\r\n\r\nBad gateway!"

    async with saying([refusal]) as url:
        with pytest.raises(ModelFailed) as caught:
            await ask(url)

    assert (caught.value.status, caught.value.detail) == (502, "Bad gateway!")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MEMORY, ModelOutOfMemory),
        ("model 'llama3.2' not found", ModelMissing),
        ("the input length exceeds the context length", ContextTooLong),
        ("an unknown error was encountered while running the model", ModelFailed),
    ],
)
async def test_an_error_inside_the_stream_is_sorted_the_same_way(
    error: str, kind: type[ModelError]
) -> None:
    async with ScriptedOllama.open(reply=Reply("one two", error_after=1, error=error)) as model:
        said, trouble = await until_trouble(model.url)

    assert said == [Delta("one")]
    assert type(trouble) is kind


async def test_a_connection_that_breaks_cuts_the_answer() -> None:
    async with ScriptedOllama.open(reply=Reply("one two three", cut_after=2)) as model:
        said, trouble = await until_trouble(model.url)

    assert said == [Delta("one"), Delta(" two")]
    assert isinstance(trouble, AnswerCut)
    assert model.aborted == 0


async def test_a_server_killed_in_the_middle_cuts_the_answer() -> None:
    async with (
        ScriptedOllama.open(reply=Reply("one two", hang_after=1)) as model,
        client_of(model.url) as client,
        aclosing(client.stream(request())) as events,
    ):
        assert await anext(events) == Delta("one")
        await model.stop()
        with pytest.raises(AnswerCut):
            await anext(events)

    assert model.aborted == 0


async def test_no_first_word_in_time_is_a_stall() -> None:
    async with ScriptedOllama.open() as model:
        model.gate.clear()
        async with client_of(model.url, HASTY) as client:
            with pytest.raises(ModelStalled) as caught:
                await anext(client.stream(request()))

    assert caught.value.seconds == HASTY.first_token


async def test_no_further_word_in_time_is_a_stall() -> None:
    soon_bored = Timeouts(connect=5, first_token=10, idle=1)
    async with (
        ScriptedOllama.open(reply=Reply("one two", hang_after=1)) as model,
        client_of(model.url, soon_bored) as client,
        aclosing(client.stream(request())) as events,
    ):
        assert await anext(events) == Delta("one")
        with pytest.raises(ModelStalled) as caught:
            await anext(events)
        await wait_until(lambda: model.aborted == 1)

    assert caught.value.seconds == soon_bored.idle


async def test_letting_go_of_a_stream_stops_the_model_at_once() -> None:
    async with ScriptedOllama.open(reply=Reply("one two three", hold_after=1)) as model:
        model.gate.clear()
        async with client_of(model.url) as client:
            async with aclosing(client.stream(request())) as events:
                assert await anext(events) == Delta("one")
                assert model.streaming == 1
            await wait_until(lambda: model.streaming == 0)

    assert model.aborted == 1


async def test_a_stream_that_ended_by_itself_counts_as_no_stop() -> None:
    async with ScriptedOllama.open() as model:
        await ask(model.url)

    assert model.aborted == 0


async def test_the_installed_models_are_told_with_their_sizes() -> None:
    async with ScriptedOllama.open(models=("qwen3",)) as model, client_of(model.url) as client:
        (only,) = await client.installed()
        version = await client.version()

    assert only.name == "qwen3:latest"
    assert only.size > 0
    assert version


async def test_a_server_that_is_not_ollama_has_no_models() -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"

    async with saying([page]) as url, client_of(url, PATIENT) as client:
        with pytest.raises(ModelFailed):
            await client.installed()
