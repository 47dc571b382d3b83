"""Conversations at their web door: people with tokens and sockets, in front of a real server."""

import hashlib
import hmac
import json
import socket as sockets
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
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
from tests.scenario.web.chat_client import Client

ANNA, BORIS, CLARA = 7, 8, 9
NAMES = {ANNA: "Anna", BORIS: "Boris", CLARA: "Clara"}
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
