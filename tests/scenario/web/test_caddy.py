"""The Caddyfile as we ship it, in front of a bot."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from chaos.ports import free_port
from tests.architecture.tree import ROOT
from tests.scenario.web.webhooks import HELLO, SECRET, Door, open_door, post
from tests.waiting import wait_until_found

CADDY = shutil.which("caddy")

pytestmark = pytest.mark.skipif(CADDY is None, reason="there is no Caddy here")


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door() as opened:
        yield opened


@pytest.fixture
async def world(door: Door, tmp_path: Path) -> AsyncIterator[str]:
    """The address that the world knows; only where the bot is found isn't as we ship it."""
    shipped = (ROOT / "Caddyfile").read_text("utf-8")
    port = door.url.split("/")[2].partition(":")[2]
    shipped = "{\n\tadmin off\n}\n" + shipped
    (tmp_path / "Caddyfile").write_text(
        shipped.replace("dynamic a bot 5001", f"dynamic a localhost {port}")
    )
    url = f"http://127.0.0.1:{free_port()}"
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "WEBHOOK_URL": url}
    command = [str(CADDY), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]
    caddy = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=env, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await wait_until_found(lambda: _listens(url))
        yield url
    finally:
        caddy.kill()
        await caddy.wait()


async def test_an_update_reaches_the_bot_and_nothing_else_does(world: str, door: Door) -> None:
    assert (await post(f"{world}/telegram")).status == 200
    assert door.stored == [HELLO]
    assert (await post(f"{world}/telegram", secret="another")).status == 401

    for path in ("/", "/metrics", "/health/ready", "/health/live", "/telegram/more"):
        assert (await post(f"{world}{path}", secret=SECRET)).status == 404
    assert len(door.stored) == 1


async def _listens(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as session, session.get(url):
            return True
    except aiohttp.ClientError:
        return False
