"""Summaries take their place behind everybody who waits for the model, in whichever process."""

import asyncio
from pathlib import Path

import pytest

from luka_bot.demo.model import Asked, Reply, ScriptedOllama
from tests.metrics import sample
from tests.scenario.model.processes import answered, processes, text_of
from tests.waiting import wait_until

LONG = "A word and another one. " * 120


@pytest.mark.usefixtures("redis")
async def test_a_summary_is_never_written_beside_an_answer_of_another_process(
    redis_socket: Path, tmp_path: Path
) -> None:
    def reply(asked: Asked) -> Reply | str:
        if "You keep notes" not in asked.system:
            return "Hello there."
        model.gate.clear()
        return Reply("They say words.")

    async with (
        ScriptedOllama.open(reply=reply) as model,
        processes(
            redis_socket, model, tmp_path, max_concurrent_generations=1, ollama_num_ctx=1024
        ) as (first, second),
        asyncio.TaskGroup() as group,
    ):
        for turn in ("a", "b"):
            await answered(first, 1, LONG, turn)
        await wait_until(lambda: not model.gate.is_set())
        other = group.create_task(answered(second, 2))
        await wait_until(lambda: sample("luka_generations_waiting") == 1)
        assert len(model.requests) == 3

        model.gate.set()

    assert text_of(other.result()) == "Hello there."
