"""What the container's check asks, and what it says to a person."""

import sys
from pathlib import Path

from chaos.ports import free_port
from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from tests.architecture.tree import run
from tests.luka import TOKEN
from tests.process import Output, luka_command, luka_process
from tests.waiting import wait_until_found


async def test_it_is_bad_where_no_bot_runs_and_starts_nothing(tmp_path: Path) -> None:
    port = str(free_port())

    ended = await luka_command(tmp_path, "health", WEB_PORT=port)

    assert ended.code == 1
    assert f"no luka answers on port {port}" in ended.out
    assert "luka-bot run" in ended.out
    assert not (tmp_path / "data").exists()


async def test_it_follows_the_bot_that_runs_here(tmp_path: Path) -> None:
    port = str(free_port())

    async def says(code: int, words: str) -> bool:
        ended = await luka_command(tmp_path, "health", WEB_PORT=port, WEB_HOST="0.0.0.0")
        return ended.code == code and words in ended.out

    async with (
        LocalTelegram.open(token=TOKEN) as telegram,
        ScriptedOllama.open() as model,
        luka_process(tmp_path, telegram, model, WEB_PORT=port, WEB_HOST="0.0.0.0"),
    ):
        await wait_until_found(lambda: says(0, "ok   luka: ready"), seconds=30)

    assert await says(1, "no luka answers")


async def test_it_says_what_is_wrong_and_what_helps(tmp_path: Path) -> None:
    port = str(free_port())
    ended = Output(0, "", "")

    async def names_the_model() -> bool:
        nonlocal ended
        ended = await luka_command(tmp_path, "health", WEB_PORT=port)
        return "BAD  model: the model's server doesn't answer" in ended.out

    async with (
        LocalTelegram.open(token=TOKEN) as telegram,
        ScriptedOllama.open() as model,
        luka_process(tmp_path, telegram, model, WEB_PORT=port, OLLAMA_URL="http://127.0.0.1:1"),
    ):
        await wait_until_found(names_the_model, seconds=30)

    assert ended.code == 1
    assert "→ See whether its server runs" in ended.out


async def test_another_server_on_the_port_is_not_taken_for_luka(tmp_path: Path) -> None:
    async with LocalTelegram.open(token=TOKEN) as telegram:
        ended = await luka_command(tmp_path, "health", WEB_PORT=telegram.url.rpartition(":")[2])

    assert ended.code == 1
    assert "is no luka" in ended.out


async def test_without_a_port_it_asks_the_store_and_starts_none(tmp_path: Path) -> None:
    ended = await luka_command(tmp_path, "health", WEB_PORT="0")

    assert ended.code == 1
    assert "no luka runs here" in ended.out
    assert not (tmp_path / "data").exists()


async def test_without_a_port_the_store_tells_of_a_running_bot(tmp_path: Path) -> None:
    async with LocalTelegram.open(token=TOKEN) as telegram, ScriptedOllama.open() as model:
        anna = telegram.person(7, "Anna")
        await anna.writes("/help")
        async with luka_process(tmp_path, telegram, model):
            await telegram.wait_for(lambda: bool(telegram.said(7)), seconds=20)
            ended = await luka_command(tmp_path, "health", WEB_PORT="0")

    assert "heard from Telegram" in ended.out
    assert ended.code == 0


def test_it_needs_no_telegram_library() -> None:
    program = "import sys, luka_bot.health; print({'aiogram', 'aiohttp'} & set(sys.modules))"

    assert run(sys.executable, "-c", program).stdout == "set()\n"
