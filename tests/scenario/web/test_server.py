"""The HTTP server itself: where it listens, what it tells of itself, how it ends."""

import asyncio
import io
import socket
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from luka_bot.demo.telegram import LocalTelegram
from luka_bot.models.errors import AddressTaken
from luka_bot.web.server import serving
from tests.process import luka_command
from tests.waiting import wait_until


async def fine(_request: web.Request) -> web.Response:
    return web.Response(text="fine")


async def breaks(request: web.Request) -> web.Response:
    raise KeyError(await request.text() and "ours")


async def test_a_request_that_has_begun_is_ended_and_no_more_are_taken() -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        begun.set()
        await gate.wait()
        return web.Response(text="whole")

    async with asyncio.TaskGroup() as group, aiohttp.ClientSession() as session:
        serving_it = serving("127.0.0.1", 0, [web.get("/slow", slow)])
        url = f"http://127.0.0.1:{await serving_it.__aenter__()}/slow"
        asked = group.create_task(text_of(session, url))
        await begun.wait()
        ended = group.create_task(serving_it.__aexit__(None, None, None))
        await wait_until(lambda: refuses(url))
        assert not ended.done()
        gate.set()
        assert await asked == "whole"


async def text_of(session: aiohttp.ClientSession, url: str) -> str:
    async with session.get(url) as response:
        return await response.text()


def refuses(url: str) -> bool:
    host, _, port = url.split("/")[2].partition(":")
    with socket.socket() as one:
        return one.connect_ex((host, int(port))) != 0


async def test_an_address_in_use_is_told_with_the_settings_to_change() -> None:
    async with serving("127.0.0.1", 0, [web.get("/", fine)]) as port:
        with pytest.raises(AddressTaken, match=rf"127\.0\.0\.1:{port} .*WEB_HOST or WEB_PORT"):
            async with serving("127.0.0.1", port, []):
                pass


async def test_an_address_that_isnt_ours_is_told_alike() -> None:
    with pytest.raises(AddressTaken):
        async with serving("192.0.2.1", 0, []):
            pass


async def test_a_port_in_use_ends_a_start_with_a_sentence(tmp_path: Path) -> None:
    async with LocalTelegram.open() as telegram, serving("127.0.0.1", 0, []) as port:
        ended = await luka_command(
            tmp_path,
            "run",
            BOT_TOKEN=telegram.token,
            TELEGRAM_API_URL=telegram.url,
            WEB_PORT=str(port),
        )

    assert ended.code == 1
    assert f"luka can't listen at 127.0.0.1:{port} (Address already in use)" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("path", ["/", "/nowhere", "/breaks"])
async def test_nobody_reads_what_it_is_made_of(path: str) -> None:
    routes = [web.get("/", fine), web.get("/breaks", breaks)]
    async with (
        serving("127.0.0.1", 0, routes) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        assert response.headers["Server"] == "luka"
        assert "Traceback" not in await response.text()


async def test_a_handler_that_breaks_is_logged_without_what_was_sent(logged: io.StringIO) -> None:
    async with (
        serving("127.0.0.1", 0, [web.post("/breaks", breaks)]) as port,
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/breaks?s3cret", data="private words") as response,
    ):
        assert response.status == 500

    assert '"web.failed"' in logged.getvalue()
    assert "KeyError" in logged.getvalue()
    assert "s3cret" not in logged.getvalue()
    assert "private" not in logged.getvalue()


async def test_each_request_isnt_worth_a_line(logged: io.StringIO) -> None:
    async with (
        serving("127.0.0.1", 0, [web.get("/", fine)]) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/") as response,
    ):
        assert response.status == 200

    lines = logged.getvalue().splitlines()
    assert ["web.listening" in line for line in lines] == [True]
