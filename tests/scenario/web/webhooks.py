"""A webhook that listens, and what Telegram would send to it."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from pydantic import SecretStr

from chaos.ports import free_port
from luka_bot.config import Settings
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.ingest.registration import Endpoint
from luka_bot.web import webhook
from luka_bot.web.server import serving
from tests.luka import Luka, running_luka

SECRET = "s3cret_of-ours"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
HELLO: RawUpdate = {"update_id": 5, "message": {"text": "hello", "chat": {"id": 7}}}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]


@dataclass(slots=True)
class Door:
    """Keeps what it stores; refuses with `trouble`, and waits at the gate before that."""

    url: str = ""
    stored: list[RawUpdate] = field(default_factory=list)
    waiting: int = 0
    most_at_once: int = 0
    told: list[RawUpdate] = field(default_factory=list)
    trouble: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def store(self, batch: Sequence[RawUpdate]) -> None:
        self.waiting += 1
        self.most_at_once = max(self.most_at_once, self.waiting)
        try:
            await self.gate.wait()
        finally:
            self.waiting -= 1
        if self.trouble is not None:
            raise self.trouble
        self.stored += batch

    def storage_away(self, raw: RawUpdate) -> None:
        self.told.append(raw)

    def broke(self, raw: RawUpdate) -> None:
        raise NotImplementedError

    async def gave_up(self, raw: RawUpdate) -> None:
        raise NotImplementedError

    async def post(
        self,
        body: bytes | RawUpdate = HELLO,
        secret: str | bytes | None = SECRET,
        packed: str = "",
    ) -> Answer:
        return await post(self.url, body, secret, packed)


async def post(
    url: str,
    body: bytes | RawUpdate = HELLO,
    secret: str | bytes | None = SECRET,
    packed: str = "",
) -> Answer:
    """As Telegram would, with the right secret unless another is named; packed: how it says the
    body is compressed."""
    text = secret.decode(errors="surrogateescape") if isinstance(secret, bytes) else secret
    headers = {} if text is None else {HEADER: text}
    if packed:
        headers["Content-Encoding"] = packed
    data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=data, headers=headers) as response,
    ):
        await response.read()
        return Answer(response.status, dict(response.headers))


@asynccontextmanager
async def open_door() -> AsyncIterator[Door]:
    door = Door()
    door.gate.set()
    endpoint = Endpoint.of("https://bot.example.org", SecretStr(SECRET))
    routes = webhook.routes(endpoint, door.store, door, door.stop)
    async with serving("127.0.0.1", 0, routes) as port:
        door.url = f"http://127.0.0.1:{port}{endpoint.path}"
        yield door


@asynccontextmanager
async def luka_behind_webhook(folder: Path, redis_url: str = "") -> AsyncIterator[Luka]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    async with running_luka(
        folder, redis_url=redis_url, webhook_url=url, webhook_secret=SECRET, web_port=port
    ) as luka:
        yield luka


def with_webhook(settings: Settings) -> Settings:
    port = free_port()
    fields = {
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_secret": SecretStr(SECRET),
        "web_port": port,
    }
    return settings.model_copy(update=fields)


def without_webhook(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_url": "", "web_port": 0})
