"""Conversations at their web door: people with tokens and sockets, in front of a real server."""

import asyncio
import hashlib
import hmac
import json
import socket as sockets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from luka_bot.bot_api import open_bot
from luka_bot.composition import Services, open_services
from luka_bot.conversations import ConversationHouse, Wiring, keep_conversations
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Paces
from luka_bot.demo.model import Answering, Reply, ScriptedOllama
from luka_bot.front_chat import ChatParts, FrontChat, open_front_chat, rules_of
from luka_bot.household import keep_house
from luka_bot.llm.protocol import ChatModel
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, InputMode
from luka_bot.models.ids import AgentName, ThreadId, UserId
from luka_bot.models.person import Visitor
from luka_bot.services.conversations.rooms import Rooms
from luka_bot.services.conversations.stage import WorkRules
from luka_bot.services.llm_service import LLMService, ModelDefaults
from luka_bot.services.tokens import Calibration
from luka_bot.storage.chat.contract import ChatLimits
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.web.chat.seat import SocketRules
from luka_bot.web.server import serving
from tests.luka import TOKEN, settings_for

ANNA, BORIS, CLARA = 7, 8, 9
NAMES = {ANNA: "Anna", BORIS: "Boris", CLARA: "Clara"}
Headers = Mapping[str, str]
NO_HEADERS: Headers = {}
SECOND = Agent(AgentName("cook"), "Cook")


class Kept:
    """Threads' histories aren't what these scenarios are about."""

    def __init__(self) -> None:
        self._written: dict[ThreadId, int] = {}

    async def written(self, conversation_id: ThreadId) -> int:
        return self._written.get(conversation_id, 0)

    async def append(self, conversation_id: ThreadId, messages: Sequence[ChatMessage]) -> None:
        self._written[conversation_id] = messages[-1].sequence_id

    async def mark_conversation(self, thread_id: ThreadId) -> None: ...

    async def admit(self, user_id: UserId, thread_id: ThreadId, *, active: bool) -> None: ...

    async def dismiss(self, user_id: UserId, thread_id: ThreadId) -> None: ...

    async def redact(self, thread_id: ThreadId, message: ChatMessage) -> None: ...


@dataclass(slots=True)
class Wire:
    """One socket, as a client has it."""

    ws: aiohttp.ClientWebSocketResponse
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def send(self, **frame: object) -> None:
        await self.ws.send_json(frame)

    async def say(self, text: str, message_id: str = "m1", **more: object) -> None:
        await self.send(type="message", message_id=message_id, content=text, **more)

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The next frame of one of these kinds."""
        async with asyncio.timeout(5):
            while True:
                frame: dict[str, Any] = await self.ws.receive_json()
                self.seen.append(frame)
                if frame["type"] in kinds:
                    return frame

    async def hears(self, text: str) -> dict[str, Any]:
        while (frame := await self.next("message"))["content"] != text:
            pass
        return frame

    async def closed(self) -> int:
        """The code with which it is closed."""
        async with asyncio.timeout(10):
            while True:
                got = await self.ws.receive()
                if got.type is aiohttp.WSMsgType.TEXT:
                    self.seen.append(json.loads(got.data))
                elif got.type is not aiohttp.WSMsgType.PING:
                    return self.ws.close_code or 0

    def kinds(self) -> list[str]:
        return [one["type"] for one in self.seen]


@dataclass(slots=True)
class Client:
    """Somebody who is signed in; token "" is nobody."""

    home: str
    session: aiohttp.ClientSession
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        status: int = 200,
        headers: Headers = NO_HEADERS,
    ) -> Any:  # noqa: ANN401 - JSON
        """What it answers, if that has this status."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
        sent = {**self.headers, **headers}
        async with self.session.request(method, self.home + path, data=data, headers=sent) as got:
            text = await got.text()
            assert got.status == status, (method, path, got.status, text)
            return json.loads(text) if got.content_type == "application/json" and text else text

    async def refused(
        self, method: str, path: str, body: object = None, headers: Headers = NO_HEADERS
    ) -> str:
        """With which code."""
        sent = {**self.headers, **headers}
        data = None if body is None else json.dumps(body)
        async with self.session.request(method, self.home + path, data=data, headers=sent) as got:
            error = (await got.json())["error"]
            assert got.status == error["status"]
            assert bool(error.get("retry_after")) == ("Retry-After" in got.headers)
            return str(error["code"])

    async def creates(self, *others: int, agents: Sequence[str] | None = ()) -> str:
        people = [f"tg:{other}" for other in others]
        body = {"name": "Trip", "participants": people, "agents": agents}
        made = await self.call("POST", "/chat/conversations", body, status=201)
        return str(made["conversation_id"])

    @asynccontextmanager
    async def socket(
        self, conversation: str, query: str = "", **more: object
    ) -> AsyncIterator[Wire]:
        url = f"{self.home}/chat/ws/{conversation}{query}"
        options: dict[str, Any] = {"headers": self.headers, **more}
        async with self.session.ws_connect(url, **options) as ws:
            yield Wire(ws)

    async def knocks(self, conversation: str, headers: Headers = NO_HEADERS) -> int:
        """The status with which a socket is refused."""
        try:
            async with self.session.ws_connect(
                f"{self.home}/chat/ws/{conversation}", headers={**self.headers, **headers}
            ):
                return 101
        except aiohttp.WSServerHandshakeError as error:
            return error.status


@dataclass(slots=True)
class ChatHouse:
    home: str
    services: Services
    conversations: ConversationHouse
    front: FrontChat
    model: ScriptedOllama
    session: aiohttp.ClientSession

    @property
    def nobody(self) -> Client:
        return Client(self.home, self.session)

    async def person(self, number: int) -> Client:
        visitor = Visitor(UserId(number), NAMES.get(number, f"P{number}"))
        guest = await self.front.sessions.welcome(visitor)
        return Client(self.home, self.session, guest.token)


@asynccontextmanager
async def chat_house(
    folder: Path,
    rules: SocketRules | None = None,
    limits: ChatLimits | None = None,
    reply: Answering | Reply | str = "Hello there.",
    **more: object,
) -> AsyncIterator[ChatHouse]:
    port = free_port()
    async with ScriptedOllama.open(reply=reply) as model:
        chosen: dict[str, object] = {"web_port": port, "flood_per_minute": 0, **more}
        settings = settings_for("http://127.0.0.1:9", model.url, folder, **chosen)
        async with open_bot(settings) as bot, open_services(settings) as services:
            house = keep_house(settings, services, bot, Courier(bot, Paces(time.monotonic)))
            wiring = _wiring(services, limits or ChatLimits())
            async with keep_conversations(wiring) as conversations:
                parts = _parts(conversations, services.model)
                front = open_front_chat(
                    settings, services, house, parts, rules or rules_of(settings)
                )
                async with (
                    serving("127.0.0.1", port, front.routes, [front.bye]),
                    aiohttp.ClientSession() as session,
                ):
                    yield ChatHouse(settings.home, services, conversations, front, model, session)


def _wiring(services: Services, limits: ChatLimits) -> Wiring:
    windows = dict.fromkeys(InputMode, 0.02)
    return Wiring(
        storage=RedisChatStorage(services.storage, time.time),
        threads=services.threads,
        shared=Kept(),
        history=Kept(),
        work=services.work,
        transport=None,
        agents=(SECOND,),
        rules=WorkRules(limits, 5, 20.0, windows),
        rooms=Rooms(1000, 3600.0, time.monotonic),
        most=10_000,
    )


def _parts(house: ConversationHouse, model: ChatModel) -> ChatParts:
    async def agents() -> tuple[Agent, ...]:
        return house.agents.all

    defaults = ModelDefaults(lambda: "llama3.2", "You are luka.", 8192)
    llm = LLMService(model, defaults, Calibration())
    return ChatParts(house.service, house.hub, house.storage, llm, agents)


def free_port() -> int:
    with sockets.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def init_data(number: int, age: float = 0.0, token: str = TOKEN, **more: str) -> str:
    """What Telegram gives a Mini App, signed as its documentation says."""
    user = json.dumps({"id": number, "first_name": NAMES[number], "language_code": "ru"})
    fields = {"auth_date": str(int(time.time() - age)), "user": user, **more}
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    signed = hmac.new(key, checked.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": signed})
