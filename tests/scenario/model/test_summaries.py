"""What no longer fits is kept in short."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.model.persona import converse
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.thread import Thread
from luka_bot.services.llm_service import ModelDefaults
from luka_bot.services.summaries import SUMMARY_LIMIT, Summaries, Summary
from luka_bot.services.tokens import Calibration
from tests.scenario.model.asking import client_of
from tests.waiting import wait_until

NOW = datetime(2026, 1, 1, tzinfo=UTC)
THREAD = Thread(ThreadId("t"), UserId(1), "Main Chat", NOW, NOW)
TALK = [
    Message(Role.USER, "My name is Anna", seq=1, name="Anna"),
    Message(Role.ASSISTANT, "Nice to meet you", seq=2),
    Message(Role.USER, "I like tea", seq=3, name="Anna"),
    Message(Role.ASSISTANT, "So do I", seq=4),
]


@asynccontextmanager
async def summaries_of(model: ScriptedOllama, num_ctx: int = 4096) -> AsyncIterator[Summaries]:
    async with client_of(model.url) as client:
        defaults = ModelDefaults(lambda: "llama3.2", "Be kind.", num_ctx)
        yield Summaries(client, defaults, Calibration())


async def test_older_messages_become_a_summary_up_to_the_last_of_them() -> None:
    async with (
        ScriptedOllama.open(reply="  Anna likes tea.\n") as model,
        summaries_of(model) as summaries,
    ):
        assert await summaries.fold(THREAD, TALK) == Summary("Anna likes tea.", upto=4)

    notes = model.requests[0]["messages"][1]["content"]
    assert "Anna: I like tea" in notes
    assert "Assistant: So do I" in notes


async def test_only_what_is_new_is_folded_into_the_summary_there_is() -> None:
    thread = replace(THREAD, summary="Her name is Anna.", summary_upto=2)

    async with ScriptedOllama.open() as model, summaries_of(model) as summaries:
        await summaries.fold(thread, TALK)

    notes = model.requests[0]["messages"][1]["content"]
    assert "Her name is Anna." in notes
    assert "Nice to meet you" not in notes


async def test_nothing_new_asks_nobody() -> None:
    thread = replace(THREAD, summary="Known.", summary_upto=4)

    async with ScriptedOllama.open() as model, summaries_of(model) as summaries:
        assert await summaries.fold(thread, TALK) is None

    assert model.requests == []


async def test_the_threads_own_model_writes_with_the_usual_context() -> None:
    async with ScriptedOllama.open() as model, summaries_of(model) as summaries:
        await summaries.fold(replace(THREAD, model="qwen3"), TALK)

    assert model.requests[0]["model"] == "qwen3"
    assert model.requests[0]["options"] == {"num_ctx": 4096}


async def test_a_summary_that_fails_is_none() -> None:
    async with ScriptedOllama.open() as model, summaries_of(model) as summaries:
        model.reply_with(Reply(status=500, error="busy"), Reply("half a", cut_after=1), "\n")

        assert [await summaries.fold(THREAD, TALK) for _ in range(3)] == [None, None, None]


async def test_too_much_at_once_is_folded_in_parts() -> None:
    talk = [Message(Role.USER, "word " * 100, seq=seq) for seq in range(1, 21)]

    async with ScriptedOllama.open() as model, summaries_of(model, num_ctx=1024) as summaries:
        summary = await summaries.fold(THREAD, talk)

    assert summary is not None
    assert 0 < summary.upto < 20
    assert len(model.requests) == 1


async def test_one_endless_message_does_not_stop_the_folding() -> None:
    endless = Message(Role.USER, "word " * 20_000, seq=1)

    async with ScriptedOllama.open() as model, summaries_of(model, num_ctx=1024) as summaries:
        assert await summaries.fold(THREAD, [endless]) == Summary("Hello there.", upto=1)


async def test_a_model_that_will_not_end_is_stopped() -> None:
    chatter = Reply("word " * 1000 + "and on", hang_after=900)

    async with ScriptedOllama.open(reply=chatter) as model, summaries_of(model) as summaries:
        summary = await summaries.fold(THREAD, TALK)
        await wait_until(lambda: model.aborted == 1)

    assert summary is not None
    assert len(summary.text) <= SUMMARY_LIMIT


async def test_the_demos_model_keeps_a_name_in_its_summary() -> None:
    async with ScriptedOllama.open(reply=converse) as model, summaries_of(model) as summaries:
        summary = await summaries.fold(THREAD, TALK)

    assert summary is not None
    assert "My name is Anna" in summary.text
