"""One id leads through the log from an update to its answer, and nobody's words stand there."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import Fault, Limits, LocalTelegram
from tests.process import luka_process

TOKEN = "123456789:" + "Abc-123_x" * 4
QUESTION = "Where do wombats sleep?"
ANSWER = "In burrows, mostly. They dig them themselves."

Line = dict[str, Any]


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(token=TOKEN, limits=Limits.none()) as server:
        yield server


async def log_of(
    folder: Path, telegram: LocalTelegram, answer: Reply, last: str
) -> tuple[str, list[Line]]:
    """Of a bot that was asked QUESTION, until a message with `last` was seen; whole, and read."""
    anna = telegram.person(7, "Wilhelmina", username="willy_anna")
    async with (
        ScriptedOllama.open(reply=answer) as model,
        luka_process(folder, telegram, model, BOT_TOKEN=TOKEN) as luka,
    ):
        await anna.writes(QUESTION)
        await telegram.wait_for(lambda: last in telegram.said(7)[-1], seconds=20)
        luka.terminate()
        assert await luka.ended() == 0
    log = (folder / "luka.log").read_text("utf-8")
    return log, [json.loads(line) for line in log.splitlines()]


def lines_of(lines: list[Line], room: str) -> list[Line]:
    """Lines of this room about our question; the bot's commands are nobody's question."""
    found = [line for line in lines if line["logger"].startswith(f"luka_bot.{room}")]
    return [line for line in found if "Commands" not in line.get("method", "")]


async def test_the_way_in_the_turn_and_the_way_out_share_one_id(
    telegram: LocalTelegram, tmp_path: Path
) -> None:
    telegram.faults.add("sendMessage", Fault.cut_before())

    _, lines = await log_of(tmp_path, telegram, Reply(ANSWER), "themselves.")

    (stored,) = [line for line in lines if line["event"] == "arrivals.stored"]
    (update_id,) = stored["update_ids"]
    taken = lines_of(lines, "ingest.intake")
    turn = [line for line in lines if line["event"].startswith("turn.")]
    sent = lines_of(lines, "delivery")
    assert {line.get("update_id") for line in [*taken, *turn, *sent]} == {update_id}
    assert {line.get("turn_id") for line in [*turn, *sent]} == {f"u{update_id}"}
    assert "turn.ended" in {line["event"] for line in turn}
    assert {"telegram.called", "delivery.repeated"} & {line["event"] for line in sent}


@pytest.mark.parametrize(
    ("answer", "last"),
    [
        (Reply(ANSWER), "themselves."),
        (Reply(status=500, error=f"can't read {QUESTION}"), "reported an error"),
        (Reply(f"```\n{ANSWER}", cut_after=5), "broke off"),
    ],
    ids=["well", "refused", "cut"],
)
async def test_no_words_no_name_and_no_token_stand_in_the_log(
    telegram: LocalTelegram, tmp_path: Path, answer: Reply, last: str
) -> None:
    telegram.faults.add("sendMessage", Fault.server_error())

    log, _ = await log_of(tmp_path, telegram, answer, last)

    assert "turn.ended" in log
    private = ["wombats", "burrows", "Wilhelmina", "willy_anna", TOKEN, TOKEN.partition(":")[2]]
    assert [word for word in private if word in log] == []
