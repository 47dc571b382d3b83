"""What the doctor says of models on other machines."""

import re
from pathlib import Path

from luka_bot.demo.model import ScriptedOllama
from tests.luka import MODEL
from tests.process import luka_command
from tests.scenario.model.raw_server import saying

GONE = "http://127.0.0.1:1"


async def test_one_of_two_servers_is_enough_but_the_other_is_told(tmp_path: Path) -> None:
    async with ScriptedOllama.open(models=[MODEL]) as model:
        ended = await luka_command(
            tmp_path, "doctor", OLLAMA_URL=f"{model.url},{GONE}", OLLAMA_MODEL=MODEL
        )

    assert f"ok   Model: {MODEL} is installed on 1 of 2 servers" in ended.out
    assert f"nobody answers at {GONE}" in ended.out


async def test_a_server_without_the_model_is_told_with_its_address(tmp_path: Path) -> None:
    async with (
        ScriptedOllama.open(models=[MODEL]) as model,
        ScriptedOllama.open(models=["qwen3"]) as poor,
    ):
        ended = await luka_command(
            tmp_path, "doctor", OLLAMA_URL=f"{model.url},{poor.url}", OLLAMA_MODEL=MODEL
        )

    assert f"{MODEL} isn't installed at {poor.url} (ollama pull {MODEL}" in ended.out


async def test_with_no_server_there_is_no_health(tmp_path: Path) -> None:
    ended = await luka_command(
        tmp_path, "doctor", OLLAMA_URL=f"http://anna:hush@127.0.0.1:1,{GONE}"
    )

    assert re.search(
        r"^BAD  Model: nobody answers at http://127\.0\.0\.1:1", ended.out, re.MULTILINE
    )
    assert "ollama serve" in ended.out
    assert "hush" not in ended.out


async def test_another_api_is_asked_for_its_models(tmp_path: Path) -> None:
    models = b'{"object":"list","data":[{"id":"qwen3-8b","object":"model"}]}'
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(models), models)
    async with saying([answer]) as url:
        good, bad = [
            await luka_command(tmp_path, "doctor", LLM_API="openai", LLM_URL=url, LLM_MODEL=name)
            for name in ("qwen3-8b", "qwen3-80b")
        ]

    assert f"ok   Model: qwen3-8b is installed at {url}" in good.out
    assert "Set LLM_MODEL to a model that the server has: qwen3-8b" in bad.out


async def test_a_refused_key_is_told_and_not_shown(tmp_path: Path) -> None:
    body = b'{"error":{"message":"Invalid key: sk-hush","code":401}}'
    answer = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    async with saying([answer]) as url:
        ended = await luka_command(
            tmp_path, "doctor", LLM_API="openai", LLM_URL=url, LLM_KEY="sk-hush"
        )

    assert f"{url} doesn't let us in" in ended.out
    assert "LLM_KEY" in ended.out
    assert "sk-hush" not in ended.out + ended.err


async def test_what_a_server_refused_is_told_in_its_words(tmp_path: Path) -> None:
    async with saying([b"HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope"]) as url:
        ended = await luka_command(tmp_path, "doctor", LLM_API="openai", LLM_URL=f"{url}/api")

    assert f"BAD  Model: {url}/api refused: 404, nope\n" in ended.out
    assert "LLM_URL" in ended.out


async def test_a_storage_that_is_away_is_told_with_its_own_remedy(tmp_path: Path) -> None:
    silent = await luka_command(tmp_path, "doctor", REDIS_URL="redis://127.0.0.1:1")
    watched = await luka_command(tmp_path, "doctor", REDIS_URL="redis+sentinel://127.0.0.1:1/m")

    assert "Start Redis, correct REDIS_URL, or leave REDIS_URL empty" in silent.out
    assert "Do the Sentinels run" in watched.out
