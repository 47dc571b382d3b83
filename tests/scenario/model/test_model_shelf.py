"""Models are downloaded, listed and deleted, and what goes wrong with that has a name."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from luka_bot.composition import open_model, shelf_of
from luka_bot.demo.model import Pulling, ScriptedOllama
from luka_bot.llm.connection import Timeouts
from luka_bot.llm.protocol import ModelShelf, PullProgress
from luka_bot.llm.pull_totals import PullTotals
from luka_bot.models.errors import (
    AnswerCut,
    ModelAway,
    ModelError,
    ModelFailed,
    ModelMissing,
    ModelStalled,
)
from tests.luka import settings_for
from tests.scenario.model.asking import ask, client_of, request
from tests.scenario.model.raw_server import HEAD, saying
from tests.scenario.model.two_servers import two, warm
from tests.waiting import wait_until

PATIENT = Timeouts(connect=5, first_token=10, idle=10)
IMPATIENT = replace(PATIENT, pulled=1)


async def pulled(shelf: ModelShelf, name: str = "gemma3") -> list[PullProgress]:
    async with aclosing(shelf.pull(name)) as lines:
        return [line async for line in lines]


async def names(shelf: ModelShelf) -> set[str]:
    return {model.name for model in await shelf.installed()}


async def test_a_model_is_downloaded_and_then_deleted() -> None:
    async with ScriptedOllama.open() as model, client_of(model.url) as client:
        lines = await pulled(client)
        totals = PullTotals()
        for line in lines:
            totals.add(line)

        assert lines[-1] == PullProgress("success")
        assert "gemma3:latest" in await names(client)
        (size,) = {one.size for one in await client.installed() if one.name == "gemma3:latest"}
        assert (totals.completed, totals.total) == (size, size)

        await client.delete("gemma3")
        assert "gemma3:latest" not in await names(client)
        with pytest.raises(ModelMissing, match="gemma3"):
            await client.delete("gemma3")


async def test_whoever_lets_go_stops_the_download_and_the_next_goes_on_there() -> None:
    async with ScriptedOllama.open() as model, client_of(model.url) as client:
        model.pull_with(Pulling(steps=4, hold_after=3))
        model.gate.clear()
        async with aclosing(client.pull("gemma3")) as lines:
            while (reached := (await anext(lines)).completed) == 0:
                pass
        await wait_until(lambda: model.pulling == 0)
        model.gate.set()
        first = next(line for line in await pulled(client) if line.digest)

    assert first.completed >= reached
    assert model.pulls == ["gemma3", "gemma3"]


async def test_a_model_in_memory_says_how_long_it_stays_there() -> None:
    async with ScriptedOllama.open() as model, client_of(model.url) as client:
        assert await client.loaded_models() == ()
        await ask(model.url, request(model="qwen3"))
        (loaded,) = await client.loaded_models()

        assert loaded.name == "qwen3:latest"
        assert loaded.size_vram == loaded.size > 10**9
        assert loaded.expires_at is not None
        assert timedelta() < loaded.expires_at - datetime.now(UTC) <= timedelta(minutes=5)


async def trouble(*pieces: bytes, hang: bool = False) -> ModelError:
    patience = IMPATIENT if hang else PATIENT
    async with saying(pieces, hang=hang) as url, client_of(url, patience) as client:
        with pytest.raises(ModelError) as caught:
            await pulled(client)
    return caught.value


async def test_a_name_that_nobody_knows_is_missing() -> None:
    refused = b'{"error":"invalid model name"}'
    answer = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\n\r\n%s" % (len(refused), refused)
    async with ScriptedOllama.open() as model, client_of(model.url) as client:
        with pytest.raises(ModelMissing, match="missing-one"):
            await pulled(client, "missing-one")

    assert isinstance(await trouble(answer), ModelMissing)


async def test_each_way_a_download_can_fail_has_a_name() -> None:
    line = b'{"status":"pulling manifest"}\n'
    full = b'{"error":"write /models: no space left on device"}\n'
    failed = await trouble(HEAD, line, full)
    assert isinstance(failed, ModelFailed)
    assert "no space left" in failed.detail
    assert isinstance(await trouble(HEAD, line), AnswerCut)
    assert isinstance(await trouble(HEAD, line, hang=True), ModelStalled)
    async with client_of("http://127.0.0.1:9") as client:
        with pytest.raises(ModelAway):
            await pulled(client)
        with pytest.raises(ModelAway):
            await client.delete("gemma3")


async def test_a_silence_while_what_came_is_verified_is_no_stall() -> None:
    verifying = b'{"status":"verifying sha256 digest"}\n'
    async with (
        saying([HEAD, verifying], hang=True) as url,
        client_of(url, IMPATIENT) as client,
        aclosing(client.pull("gemma3")) as lines,
    ):
        assert await anext(lines) == PullProgress("verifying sha256 digest")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2 * IMPATIENT.pulled):
                await anext(lines)


async def test_a_pool_downloads_to_all_its_servers_and_deletes_from_all() -> None:
    async with two(second_has="qwen3") as both:
        lines = await pulled(both.pool)

        assert [line.status for line in lines].count("success") == 1
        assert len({line.digest for line in lines if line.digest}) == 8
        assert "gemma3:latest" in both.first.models
        assert "gemma3:latest" in both.second.models
        await both.pool.delete("gemma3")
        await both.pool.delete("qwen3")  # the first has none
        assert await names(both.pool) == {"llama3.2:latest"}
        with pytest.raises(ModelMissing):
            await both.pool.delete("gemma3")


async def test_a_pool_goes_on_with_the_others_and_tells_of_the_one_that_failed() -> None:
    async with two() as both:
        await warm(both.first, both.second)
        assert len(await both.pool.loaded_models()) == 2
        await both.first.stop()
        with pytest.raises(ModelAway):
            await pulled(both.pool)

        assert "gemma3:latest" in both.second.models
        with pytest.raises(ModelAway):
            await both.pool.delete("gemma3")
        assert "gemma3:latest" not in both.second.models


@pytest.mark.parametrize(("api", "shelved"), [("ollama", True), ("openai", False)])
async def test_there_is_a_shelf_where_the_api_knows_one(
    tmp_path: Path, api: str, *, shelved: bool
) -> None:
    nowhere = "http://127.0.0.1:9"
    settings = settings_for(nowhere, nowhere, tmp_path, llm_api=api, llm_url=nowhere, llm_model="m")
    async with open_model(settings) as model:
        assert (shelf_of(model) is not None) is shelved
