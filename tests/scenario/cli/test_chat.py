"""A conversation in the terminal."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from luka_bot.demo.model import Reply, ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from tests.luka import MODEL, TOKEN
from tests.process import ROOT, Output, luka_command, luka_process


async def chat(folder: Path, model: ScriptedOllama, *typed: str) -> Output:
    lines = "".join(f"{line}\n" for line in typed)
    return await luka_command(folder, "chat", typed=lines, OLLAMA_URL=model.url, OLLAMA_MODEL=MODEL)


async def test_chat_talks_to_the_same_services_in_the_terminal(tmp_path: Path) -> None:
    async with ScriptedOllama.open(reply=lambda asked: f"heard {asked.question}") as model:
        typed = "Hello\n/new Second\nAgain\n/chats\n/switch 2\n/rename First\n/chats\n/quit\n"
        ended = await luka_command(
            tmp_path, "chat", typed=typed, OLLAMA_URL=model.url, OLLAMA_MODEL=MODEL
        )

    assert ended.code == 0
    assert "heard Hello" in ended.out
    assert "heard Again" in ended.out
    assert "▶️ 1. Second (2)" in ended.out
    assert "▶️ 2. First (2)" in ended.out
    histories = [len(request["messages"]) for request in model.requests]
    assert histories == [2, 2]


async def test_a_thread_is_deleted_only_when_one_is_sure_and_comes_back(tmp_path: Path) -> None:
    async with ScriptedOllama.open(reply="Hello.") as model:
        ended = await chat(
            tmp_path, model, "Hi", "/new Trip", "/delete", "n", "/chats", "/delete", "y", "/undo"
        )

    assert "Delete Trip with its 0 messages? y/N" in ended.out
    refused, _, rest = ended.out.partition("Nothing was changed.")
    assert "▶️ 1. Trip (0)" in rest
    assert "🗑 Trip is deleted. You are in Main Chat now. Type /undo" in rest
    assert "↩️ Trip is back, and you are in it." in rest
    assert "is deleted" not in refused


async def test_what_was_said_is_forgotten_only_when_one_is_sure(tmp_path: Path) -> None:
    async with ScriptedOllama.open(reply="Hello.") as model:
        ended = await chat(tmp_path, model, "/clear", "Hi", "/clear", "", "/clear", "yes", "/chats")

    assert "There is nothing to forget in Main Chat yet." in ended.out
    kept, _, rest = ended.out.partition("Nothing was changed.")
    assert "Forget all that was said in Main Chat (2 messages)? y/N" in kept
    assert "What was said in Main Chat is forgotten." in rest


async def test_after_a_failure_retry_asks_again(tmp_path: Path) -> None:
    answers = iter([Reply(status=500, error="broken"), Reply("Here I am.")])
    async with ScriptedOllama.open(reply=lambda _: next(answers)) as model:
        ended = await chat(tmp_path, model, "/retry", "Are you there?", "/retry", "/retry")

    nothing, _, rest = ended.out.partition("reported an error")
    assert "There is nothing to ask again" in nothing
    failed, _, retried = rest.partition("Type /retry to ask again.")
    assert "Here I am." not in failed
    assert "Here I am." in retried
    assert "There is nothing to ask again" in retried
    asked = [request["messages"][-1]["content"] for request in model.requests]
    assert asked == ["Are you there?", "Are you there?"]


async def test_an_unknown_command_is_said_to_be_one(tmp_path: Path) -> None:
    async with ScriptedOllama.open() as model:
        ended = await chat(tmp_path, model, "/frobnicate", "/quit")

    assert "I don't know this command. /help shows what I can do." in ended.out


async def test_the_lines_may_come_from_a_file_whose_last_one_has_no_end(tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("/new Trip\n/chats", "utf-8")
    with (tmp_path / "typed").open("rb") as typed:
        process = await in_terminal(tmp_path, typed.fileno())
        out, _ = await process.communicate()

    assert "▶️ 1. Trip (0)" in out.decode()
    assert process.returncode == 0


async def test_ctrl_c_at_the_prompt_leaves_at_once(tmp_path: Path) -> None:
    master, slave = os.openpty()
    try:
        process = await in_terminal(tmp_path, slave)
        assert process.stdout is not None
        async with asyncio.timeout(20):
            while b"/quit\n> " not in (out := await process.stdout.readuntil(b"> ")):
                assert out
            process.send_signal(signal.SIGINT)
            _, err = await process.communicate()
    finally:
        os.close(master)
        os.close(slave)

    assert process.returncode == 0
    assert b"Traceback" not in err


async def test_ctrl_c_leaves_an_answer_that_can_not_be_stored(tmp_path: Path) -> None:
    async with LocalTelegram.open(token=TOKEN) as telegram, ScriptedOllama.open() as model:
        async with luka_process(tmp_path, telegram, model) as bot:
            await telegram.wait_for(lambda: telegram.calls_of("getUpdates"), seconds=20)
            model.gate.clear()
            model.reply_with(Reply("first second", hold_after=1))
            process = await in_terminal(tmp_path, asyncio.subprocess.PIPE, OLLAMA_URL=model.url)
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(b"Hello\n")
            await process.stdout.readuntil(b"first")
            bot.terminate()
            await bot.ended()
        process.send_signal(signal.SIGINT)
        await process.stdout.readuntil(b"Stopped")
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(20):
            _, err = await process.communicate()

    assert process.returncode == 0
    assert b"Traceback" not in err


async def in_terminal(folder: Path, stdin: int, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "luka_bot",
        "chat",
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment,
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
