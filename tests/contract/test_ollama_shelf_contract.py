"""The scripted shelf is honest: the official client downloads, lists and deletes on it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import ollama
import pytest

from luka_bot.demo.model import Pulling, ScriptedOllama

GIGABYTE = 10**9
STEPS = Pulling(steps=4)


@pytest.fixture
async def model() -> AsyncIterator[ScriptedOllama]:
    async with ScriptedOllama.open() as opened:
        opened.pull_with(STEPS)
        yield opened


@pytest.fixture
async def client(model: ScriptedOllama) -> AsyncIterator[ollama.AsyncClient]:
    async with ollama.AsyncClient(model.url, trust_env=False) as opened:
        yield opened


async def pulled(client: ollama.AsyncClient, name: str) -> list[ollama.ProgressResponse]:
    return [line async for line in await client.pull(name, stream=True)]


async def names(client: ollama.AsyncClient) -> list[str | None]:
    return [one.model for one in (await client.list()).models]


async def test_a_download_grows_in_steps_and_ends_with_the_model_there(
    client: ollama.AsyncClient, model: ScriptedOllama
) -> None:
    lines = await pulled(client, "gemma3:1b")

    weights = [line for line in lines if line.digest and line.digest == lines[1].digest]
    assert lines[0].status == "pulling manifest"
    assert weights[0].completed is None  # a zero is left out
    arrived = [line.completed or 0 for line in weights]
    assert len(arrived) == STEPS.steps + 1
    assert arrived == sorted(set(arrived))
    assert arrived[-1] == weights[-1].total
    assert len({line.digest for line in lines if line.digest}) == 4
    assert lines[-1].status == "success"
    assert "gemma3:1b" in await names(client)
    assert model.pulls == ["gemma3:1b"]


async def test_a_download_without_streaming_says_only_how_it_ended(
    client: ollama.AsyncClient,
) -> None:
    assert (await client.pull("gemma3")).status == "success"
    assert "gemma3:latest" in await names(client)


async def test_a_model_that_nobody_has_is_refused_inside_the_stream(
    client: ollama.AsyncClient,
) -> None:
    with pytest.raises(ollama.ResponseError, match="file does not exist"):
        await pulled(client, "missing-model")
    with pytest.raises(ollama.ResponseError, match="file does not exist") as caught:
        await client.pull("missing-model")

    assert caught.value.status_code == 500


async def test_a_download_that_was_cut_goes_on_where_it_was(
    client: ollama.AsyncClient, model: ScriptedOllama
) -> None:
    model.pull_with(Pulling(steps=4, error_after=3))
    with pytest.raises(ollama.ResponseError, match="unexpected EOF"):
        await pulled(client, "gemma3")

    model.pull_with(STEPS)
    lines = await pulled(client, "gemma3")

    first = next(line for line in lines if line.digest)
    assert (first.completed or 0) * 2 >= (first.total or 0)


async def test_what_is_there_already_has_nothing_left_to_bring(client: ollama.AsyncClient) -> None:
    lines = await pulled(client, "qwen3")

    assert all(line.completed == line.total for line in lines if line.digest)


async def test_a_deleted_model_is_gone_and_cannot_go_twice(client: ollama.AsyncClient) -> None:
    assert (await client.delete("qwen3")).status == "success"
    assert await names(client) == ["llama3.2:latest"]

    with pytest.raises(ollama.ResponseError, match="model 'qwen3' not found") as caught:
        await client.delete("qwen3")

    assert caught.value.status_code == 404


async def test_sizes_and_times_look_like_those_of_a_real_model(client: ollama.AsyncClient) -> None:
    await client.chat("qwen3", [{"role": "user", "content": "Hello"}])

    (loaded,) = (await client.ps()).models
    sizes = [one.size or 0 for one in (await client.list()).models]

    assert all(GIGABYTE < size < 4 * GIGABYTE for size in sizes)
    assert loaded.size == loaded.size_vram
    assert (loaded.size or 0) > sizes[1]
    assert loaded.expires_at is not None
    assert loaded.expires_at > datetime.now(UTC)
