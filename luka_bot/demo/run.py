"""`make demo`: the real bot, with a Telegram of our own and, if need be, a model of our own."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar

from pydantic import SecretStr

from luka_bot import app
from luka_bot.composition import model_addresses, open_model
from luka_bot.config import Settings
from luka_bot.demo.agents import AGENTS
from luka_bot.demo.model import Pulling, ScriptedOllama
from luka_bot.demo.model.persona import converse
from luka_bot.demo.telegram import LocalTelegram, furnish
from luka_bot.demo.telegram.furnish import ADMINS, ANNA, CLARA
from luka_bot.models.errors import LukaError, ModelError
from luka_bot.models.person import Access

TOKEN = "1:demo"  # noqa: S105 - known to our own Telegram only
SCRIPTED = "luka-demo"
HOST = "127.0.0.1"
DOWNLOAD = Pulling(steps=30, delay=0.3)  # nine seconds: long enough to be seen

WELCOME = """
  luka is ready:  {url}

  You are Anna, Clara, Борис or the admin Ольга; switch on the left. Answers come from {model}.
  Борис isn't let in yet: as him, press Start; then, as Ольга, decide in “luka's admins”.
  There /users, /stats, /models, /admin and others are at work, too.
  “Family” is for talking together, the “Book club” has topics; Chef and Sceptic wait to be asked.
  A file with “/job Analyze this file” is work: Ольга approves it, and a reply to it goes on.
  Ctrl-C ends it.
"""


class DemoSettings(Settings):
    """The operator's, with a Telegram of our own."""

    mini_apps_by_http: ClassVar[bool] = True


class PortTaken(LukaError):
    """The page's port is in use."""


async def run_demo(
    settings: Settings, port: int, stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    """Until stop is set. The data of the demo is kept under DATA_DIR/demo."""
    async with _model(settings) as (chosen, name), _telegram(port) as telegram:
        furnish(telegram)
        telegram.model = name
        demo = DemoSettings.model_construct(
            **{
                **dict(chosen),
                "bot_token": SecretStr(telegram.token),
                "telegram_api_url": telegram.url,
                "redis_url": "",
                "webhook_url": "",
                "web_host": HOST,
                "web_port": _free_port(),
                "web_url": "",
                "data_dir": settings.data_dir / "demo",
                "access": Access.APPROVAL,
                "admin_chat_id": ADMINS,
                "admin_ids": "",
                "allowed_ids": f"{ANNA},{CLARA}",
                "agents": settings.agents or AGENTS,
            }
        )
        say(WELCOME.format(url=telegram.url, model=name))
        await app.run(demo, stop)


def _free_port() -> int:
    """For the admin page; who is quick enough to take it before luka does is very quick."""
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def _telegram(port: int) -> AsyncIterator[LocalTelegram]:
    try:
        async with LocalTelegram.open(token=TOKEN, port=port) as telegram:
            yield telegram
    except OSError as error:
        taken = (
            f"Port {port} is in use. Take a free one: "
            "luka-bot demo --port 0 (or make demo ARGS='--port 0')"
        )
        raise PortTaken(taken) from error


@asynccontextmanager
async def _model(settings: Settings) -> AsyncIterator[tuple[Settings, str]]:
    """Settings with a model that is there, and its name for people: the operator's, else ours."""
    if await _installed(settings):
        yield settings, f"{settings.model} at {', '.join(model_addresses(settings))}"
        return
    async with ScriptedOllama.open(reply=converse, models=[SCRIPTED]) as scripted:
        scripted.pull_with(DOWNLOAD)
        ours = {"llm_api": "ollama", "llm_model": "", "ollama_url": scripted.url}
        yield (
            settings.model_copy(update={**ours, "ollama_model": SCRIPTED}),
            "a scripted demo model",
        )


async def _installed(settings: Settings) -> bool:
    try:
        async with open_model(settings) as model:
            names = {installed.name for installed in await model.installed()}
    except ModelError:
        return False
    return bool(names & {settings.model, f"{settings.model}:latest"})
