"""The scripted model is honest: the official client takes it for Ollama."""

from collections.abc import AsyncIterator

import ollama
import pytest

from luka_bot.demo.model import Asked, Reply, ScriptedOllama

HELLO = [{"role": "user", "content": "Hello"}]


@pytest.fixture
async def model() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama.open(
        reply=Reply("Good morning, dear.", thinking="Be kind.")
    ) as opened:
        yield opened


@pytest.fixture
async def client(model: ScriptedOllama) -> AsyncIterator[ollama.AsyncClient]:
    async with ollama.AsyncClient(model.url, trust_env=False) as opened:
        yield opened


async def test_a_streamed_chat_comes_in_pieces_and_ends_with_counts(
    client: ollama.AsyncClient,
) -> None:
    parts = [part async for part in await client.chat("llama3.2", HELLO, stream=True)]

    assert [part.message.content for part in parts if part.message.content] == [
        "Good",
        " morning,",
        " dear.",
    ]
    assert "".join(part.message.thinking or "" for part in parts) == "Be kind."
    assert [part.done for part in parts].count(True) == 1
    assert parts[-1].done_reason == "stop"
    assert (parts[-1].prompt_eval_count or 0) > 0
    assert (parts[-1].eval_count or 0) > 0


async def test_a_chat_without_streaming_comes_whole(client: ollama.AsyncClient) -> None:
    answer = await client.chat("llama3.2", HELLO)

    assert answer.message.content == "Good morning, dear."
    assert answer.message.thinking == "Be kind."
    assert answer.done


async def test_it_is_told_what_the_client_sent(
    client: ollama.AsyncClient, model: ScriptedOllama
) -> None:
    model.reply_with(Reply("first"))

    await client.chat("qwen3", HELLO, options={"num_ctx": 2048}, keep_alive="5m")

    assert model.requests[-1]["model"] == "qwen3"
    assert model.requests[-1]["messages"] == HELLO
    assert model.requests[-1]["options"] == {"num_ctx": 2048}


async def test_a_function_answers_what_it_was_asked() -> None:
    def parrot(asked: Asked) -> str:
        return f"{asked.question}! ({len(asked.earlier)} before)"

    async with (
        ScriptedOllama.open(reply=parrot) as model,
        ollama.AsyncClient(model.url, trust_env=False) as client,
    ):
        said = [*HELLO, {"role": "assistant", "content": "Hi"}, {"role": "user", "content": "Bye"}]
        answer = await client.chat("llama3.2", said)

    assert answer.message.content == "Bye! (2 before)"


async def test_its_models_are_listed(client: ollama.AsyncClient) -> None:
    listed = await client.list()

    assert [one.model for one in listed.models] == ["llama3.2:latest", "qwen3:latest"]


async def test_a_model_can_be_shown(client: ollama.AsyncClient) -> None:
    shown = await client.show("qwen3")

    assert shown.details is not None
    assert shown.details.family == "scripted"


async def test_a_model_that_was_used_is_running(client: ollama.AsyncClient) -> None:
    assert (await client.ps()).models == []

    await client.chat("qwen3", HELLO)

    assert [one.model for one in (await client.ps()).models] == ["qwen3:latest"]


async def test_a_model_that_is_not_there_is_named(client: ollama.AsyncClient) -> None:
    with pytest.raises(ollama.ResponseError, match="model 'gpt-9' not found") as caught:
        await client.chat("gpt-9", HELLO)

    assert caught.value.status_code == 404


async def test_a_prompt_that_is_too_long_is_refused_when_it_must_not_be_cut() -> None:
    long = {"role": "user", "content": "word " * 600}
    body = {"model": "qwen3", "messages": [long], "options": {"num_ctx": 512}, "truncate": False}

    async with (
        ScriptedOllama.open() as model,
        ollama.AsyncClient(model.url, trust_env=False) as client,
    ):
        refused = await client._client.post("/api/chat", json=body)
        cut = await client._client.post("/api/chat", json={**body, "truncate": True})

    assert refused.status_code == 400
    assert "exceeds the context length" in refused.json()["error"]
    assert cut.status_code == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "invalid request body"),
        (b"[]", "cannot unmarshal"),
        (b"{}", "model is required"),
        (b'{"model":"qwen3","messages":[{"role":"king","content":""}]}', "invalid role"),
        (b'{"model":"qwen3","messages":[],"keep_alive":"-1"}', "duration"),
        (b'{"model":"qwen3","messages":[],"stream":"no"}', "cannot unmarshal"),
    ],
)
async def test_what_ollama_would_refuse_is_refused(
    client: ollama.AsyncClient, body: bytes, reason: str
) -> None:
    refused = await client._client.post("/api/chat", content=body)

    assert refused.status_code == 400
    assert reason in refused.json()["error"]
