"""What the operator's terminal says."""

import asyncio
import re
import signal
import sys
from functools import partial
from pathlib import Path

import aiohttp

from luka_bot.demo.model import ScriptedOllama
from luka_bot.demo.telegram import LocalTelegram
from luka_bot.storage.connect import open_storage
from luka_bot.storage.inbox import Inbox
from luka_bot.storage.replicas import Membership
from tests.inboxes import bring, waiting
from tests.luka import MODEL, TOKEN
from tests.process import ROOT, Output, luka_command, luka_process
from tests.waiting import wait_until_found


async def test_without_a_token_two_lines_say_what_to_do(tmp_path: Path) -> None:
    ended = await luka_command(tmp_path)

    assert ended.code == 1
    assert len(ended.err.splitlines()) == 2
    assert "@BotFather" in ended.err
    assert "make demo" in ended.err


async def test_a_token_that_telegram_does_not_know_is_named(tmp_path: Path) -> None:
    async with LocalTelegram.open(token=TOKEN) as telegram:
        ended = await luka_command(
            tmp_path, "run", BOT_TOKEN="2:wrong", TELEGRAM_API_URL=telegram.url, WEB_PORT="0"
        )

    assert ended.code == 1
    assert "doesn't know this BOT_TOKEN" in ended.err
    assert "Traceback" not in ended.err


async def test_a_second_luka_on_the_same_data_says_so(tmp_path: Path) -> None:
    async with (
        LocalTelegram.open(token=TOKEN) as telegram,
        ScriptedOllama.open() as model,
        luka_process(tmp_path, telegram, model),
    ):
        await telegram.wait_for(lambda: bool(telegram.calls_of("getUpdates")), seconds=20)
        second = await luka_command(tmp_path, "run", BOT_TOKEN=TOKEN)

    assert second.code == 1
    assert "another luka" in second.err.lower()


async def test_wrong_settings_are_named_without_their_values(tmp_path: Path) -> None:
    ended = await luka_command(tmp_path, "run", OLLAMA_NUM_CTX="many", BOT_TOKEN="change_me")

    assert ended.code == 1
    assert "OLLAMA_NUM_CTX" in ended.err
    assert "BOT_TOKEN" in ended.err
    assert "Traceback" not in ended.err


async def doctor_where_all_is_well(folder: Path, **environment: str) -> Output:
    async with (
        LocalTelegram.open(token=TOKEN) as telegram,
        ScriptedOllama.open(models=[MODEL]) as model,
    ):
        return await luka_command(
            folder,
            "doctor",
            BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=telegram.url,
            OLLAMA_URL=model.url,
            OLLAMA_MODEL=MODEL,
            **environment,
        )


async def test_the_doctor_finds_all_well(tmp_path: Path) -> None:
    ended = await doctor_where_all_is_well(tmp_path)

    assert ended.code == 0
    assert re.findall(r"^ok +(\w+)", ended.out, re.MULTILINE) == ["Telegram", "Storage", "Model"]


async def test_the_doctor_looks_for_the_bot_in_the_admins_group(tmp_path: Path) -> None:
    ended = await doctor_where_all_is_well(tmp_path, ADMIN_CHAT_ID="-100")

    assert ended.code == 1
    assert "the bot isn't in the group ADMIN_CHAT_ID" in ended.out


async def test_the_doctor_looks_at_the_webhook(tmp_path: Path) -> None:
    webhook = {"WEBHOOK_URL": "http://127.0.0.1:1", "WEBHOOK_SECRET": "s"}

    ended = await doctor_where_all_is_well(tmp_path, **webhook)

    assert ended.code == 0
    assert "Telegram doesn't know our WEBHOOK_URL yet" in ended.out


async def test_the_doctor_says_how_to_mend_what_is_wrong(tmp_path: Path) -> None:
    async with ScriptedOllama.open(models=["qwen3"]) as model:
        ended = await luka_command(
            tmp_path,
            "doctor",
            OLLAMA_URL=model.url,
            OLLAMA_MODEL=MODEL,
            REDIS_URL="redis://127.0.0.1:1/0",
        )

    assert ended.code == 1
    assert "there is no BOT_TOKEN" in ended.out
    assert "ollama pull llama3.2 (installed: qwen3:latest)" in ended.out
    assert "leave REDIS_URL empty" in ended.out


async def test_the_doctor_tells_of_updates_that_could_not_be_handled(tmp_path: Path) -> None:
    async with open_storage("", tmp_path / "data") as storage:
        clock = lambda: 1_790_000_000.0  # noqa: E731 - the one time there is
        await (membership := Membership(storage, clock)).join()
        inbox = Inbox(storage, membership, clock, limit=10)
        await bring(inbox, {"update_id": 1})
        (entry,) = await waiting(inbox)
        await inbox.bury(entry.entry_id, entry.raw, "message.chat: missing (1 in all)")

    ended = await luka_command(tmp_path, "doctor", OLLAMA_URL="http://127.0.0.1:1")

    told = "1 update could not be handled in the last 14 days; the newest, 2026-09-21 14:13 UTC"
    assert f"{told}: message.chat: missing (1 in all)" in ended.out
    assert re.search(r"^ok +Storage", ended.out, re.MULTILINE)


async def test_a_command_that_does_not_exist_names_the_help_in_one_line(tmp_path: Path) -> None:
    for wrong in ("frobnicate", "--frobnicate"):
        ended = await luka_command(tmp_path, wrong)

        assert ended.code == 2
        assert len(ended.err.splitlines()) == 1
        assert wrong in ended.err
        assert "luka-bot --help" in ended.err


async def test_a_demo_on_a_port_in_use_says_how_to_take_another(tmp_path: Path) -> None:
    async with LocalTelegram.open(token=TOKEN) as telegram:
        port = telegram.url.rpartition(":")[2]
        ended = await luka_command(
            tmp_path, "demo", "--port", port, OLLAMA_URL="http://127.0.0.1:1"
        )

    assert ended.code == 1
    assert "luka-bot demo --port 0" in ended.err
    assert "make demo ARGS='--port 0'" in ended.err


async def test_config_shows_no_secrets(tmp_path: Path) -> None:
    ended = await luka_command(
        tmp_path, "config", BOT_TOKEN="123:very-secret", REDIS_URL="redis://me:hush-hush@r/0"
    )

    assert "BOT_TOKEN=**********" in ended.out
    assert "very-secret" not in ended.out
    assert "hush-hush" not in ended.out
    assert "OLLAMA_MODEL=" in ended.out


async def test_the_demo_says_where_it_is_offers_its_page_and_ends_on_ctrl_c(
    tmp_path: Path,
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "luka_bot",
        "demo",
        "--port",
        "0",
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "OLLAMA_URL": "http://127.0.0.1:1", "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(90):
        while "http://127.0.0.1:" not in (line := (await process.stdout.readline()).decode()):
            assert line, "the demo ended without an address"
        address = line.split()[-1]
        await wait_until_found(partial(offers_a_page, address), seconds=60)
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()

    assert process.returncode == 0
    assert "Traceback" not in err.decode()


async def offers_a_page(address: str) -> bool:
    """Beside the field in which people write, as a Mini App of this machine's."""
    async with (
        aiohttp.ClientSession(address) as session,
        session.get("/bot1:demo/getChatMenuButton") as answer,
    ):
        button = (await answer.json())["result"]
        return bool(button.get("web_app", {}).get("url", "").startswith("http://127.0.0.1:"))


async def test_a_second_bot_on_the_same_data_is_refused_by_name(tmp_path: Path) -> None:
    async with ScriptedOllama.open() as model:
        async with (
            LocalTelegram.open(token=TOKEN) as telegram,
            luka_process(tmp_path, telegram, model),
        ):
            await telegram.wait_for(lambda: bool(telegram.calls_of("getUpdates")), seconds=20)
        async with LocalTelegram.open(token="2:other") as telegram:
            ended = await luka_command(
                tmp_path,
                "run",
                BOT_TOKEN="2:other",
                TELEGRAM_API_URL=telegram.url,
                WEB_PORT="0",
            )

    assert ended.code == 1
    assert "belongs to bot 1" in ended.err
