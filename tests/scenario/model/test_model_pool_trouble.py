"""A model server that is dead, poor or busy isn't noticed as long as another one can answer."""

import time
from contextlib import AsyncExitStack, aclosing

import pytest
from structlog.testing import capture_logs

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.llm.pool import ModelPool
from luka_bot.metrics import REGISTRY
from luka_bot.models.errors import (
    AnswerCut,
    ContextTooLong,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelMissing,
    ModelOutOfMemory,
    ModelStalled,
)
from luka_bot.models.events import Delta
from tests.scenario.model.asking import HASTY, client_of, request, text_of
from tests.scenario.model.raw_server import saying
from tests.scenario.model.two_servers import OFTEN, pool_of, two
from tests.waiting import wait_until


def counted(state: str) -> float:
    return REGISTRY.get_sample_value("luka_model_servers", {"state": state}) or 0


async def test_a_dead_server_is_passed_over_until_it_is_back() -> None:
    async with two() as both:
        assert await both.heard() == "first here"
        await both.first.stop()

        assert await both.heard() == "second here"
        assert both.pool.alive == 1
        await both.first.start()
        await wait_until(lambda: both.pool.alive == 2)
        assert await both.heard() == "first here"


async def test_a_death_is_noticed_before_anybody_asks() -> None:
    async with two() as both:
        await both.second.stop()

        await wait_until(lambda: both.pool.alive == 1)
        await wait_until(lambda: (counted("alive"), counted("away")) == (1, 1))


async def test_a_server_that_hangs_up_before_its_first_word_is_replaced() -> None:
    async with (
        saying([]) as hanging_up,
        ScriptedOllama.open(reply="second here") as second,
        pool_of(hanging_up, second.url) as pool,
        aclosing(pool.stream(request())) as events,
    ):
        assert text_of([event async for event in events]) == "second here"


async def test_a_server_that_is_away_is_not_even_tried() -> None:
    async with (
        saying([]) as hanging_up,
        ScriptedOllama.open(reply="second here") as second,
        pool_of(hanging_up, second.url) as pool,
    ):
        await wait_until(lambda: pool.alive == 1)
        with capture_logs() as log:
            async with aclosing(pool.stream(request())) as events:
                assert text_of([event async for event in events]) == "second here"

    assert log == []


async def test_after_the_first_word_nobody_else_is_asked() -> None:
    async with two() as both:
        both.first.reply_with(Reply("first here", cut_after=1))
        async with aclosing(both.pool.stream(request())) as events:
            assert await anext(events) == Delta("first")
            with pytest.raises(AnswerCut):
                await anext(events)

    assert both.second.requests == []


async def test_with_all_away_both_addresses_are_told() -> None:
    async with two() as both:
        await both.first.stop()
        await both.second.stop()
        with pytest.raises(ModelAway) as caught:
            await both.heard()

    assert set(caught.value.url.split(", ")) == {both.first.url, both.second.url}


async def test_all_that_were_away_are_asked_at_once_when_they_are_back() -> None:
    async with two() as both:
        await both.first.stop()
        await both.second.stop()
        with pytest.raises(ModelAway):
            await both.heard()
        await both.second.start()

        assert await both.heard() == "second here"


@pytest.mark.parametrize(
    "trouble",
    [
        Reply(status=503, error="server busy"),
        Reply(status=500, error="model requires more system memory (9 GiB)"),
        Reply(status=404, error="model 'llama3.2' not found"),
    ],
)
async def test_what_one_server_can_not_do_another_does(trouble: Reply) -> None:
    async with two() as both:
        both.first.reply_with(trouble)

        with capture_logs() as log:
            assert await both.heard() == "second here"

    assert [entry["url"] for entry in log if entry["log_level"] == "warning"] == [both.first.url]


@pytest.mark.parametrize(
    "trouble",
    [Reply(status=500, error="out of memory"), Reply(status=404, error="model not found")],
)
async def test_a_server_that_can_not_load_the_model_is_left_alone_for_a_minute(
    trouble: Reply,
) -> None:
    now = 0.0
    async with two(lambda: now) as both:
        assert await both.heard() == "first here"
        both.first.reply_with(trouble)

        assert [await both.heard(), await both.heard()] == ["second here"] * 2
        assert len(both.first.requests) == 2
        now = 61.0
        assert await both.heard() == "first here"


async def test_a_server_that_hangs_though_it_says_it_is_well_keeps_only_one_waiting() -> None:
    async with AsyncExitStack() as stack:
        hanging = await stack.enter_async_context(ScriptedOllama.open(reply=Reply(hang_after=0)))
        second = await stack.enter_async_context(ScriptedOllama.open(reply="second here"))
        impatient = await stack.enter_async_context(client_of(hanging.url, HASTY))
        patient = await stack.enter_async_context(client_of(second.url))
        pool = await stack.enter_async_context(
            ModelPool.open([impatient, patient], time.monotonic, look_every=OFTEN)
        )

        with pytest.raises(ModelStalled):
            await anext(pool.stream(request()))
        async with aclosing(pool.stream(request())) as events:
            assert text_of([event async for event in events]) == "second here"


async def test_a_prompt_that_is_too_long_is_so_everywhere() -> None:
    async with two() as both:
        both.first.reply_with(Reply(status=400, error="exceeds the context length"))
        with pytest.raises(ContextTooLong):
            await both.heard()

    assert both.second.requests == []


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (Reply(status=404, error="model not found"), Reply(status=503), ModelBusy),
        (Reply(status=500, error="out of memory"), Reply(status=503), ModelBusy),
        (
            Reply(status=404, error="model not found"),
            Reply(status=500, error="out of memory"),
            ModelOutOfMemory,
        ),
    ],
)
async def test_if_none_can_the_trouble_that_passes_soonest_is_told(
    first: Reply, second: Reply, told: type[ModelError]
) -> None:
    async with two() as both:
        both.first.reply_with(first)
        both.second.reply_with(second)
        with pytest.raises(told):
            await both.heard()


async def test_a_model_that_nobody_has_is_missing() -> None:
    async with two() as both:
        with pytest.raises(ModelMissing):
            await anext(both.pool.stream(request(model="gpt-9")))


async def test_the_models_of_all_that_are_there_are_told_once() -> None:
    async with two(second_has="qwen3") as both:
        assert {model.name for model in await both.pool.installed()} == {
            "llama3.2:latest",
            "qwen3:latest",
        }
        await both.second.stop()
        assert [model.name for model in await both.pool.installed()] == ["llama3.2:latest"]
        await both.first.stop()
        with pytest.raises(ModelAway):
            await both.pool.installed()
