"""Conversations at their web door: people with tokens and sockets, in front of a real server."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from chaos.ports import free_port
from luka_bot.bot_api import open_bot
from luka_bot.chat_bridge import Talks, open_talks
from luka_bot.composition import Services, open_services
from luka_bot.config import Settings
from luka_bot.conversations import ConversationHouse
from luka_bot.demo.model import Answering, Reply, ScriptedOllama
from luka_bot.front_chat import ChatParts, FrontChat, open_front_chat
from luka_bot.household import Household, keep_house
from luka_bot.models.agent import Agent
from luka_bot.models.ids import UserId
from luka_bot.models.person import Visitor
from luka_bot.storage.chat.contract import ChatLimits
from luka_bot.web.chat.seat import SocketRules
from luka_bot.web.server import serving
from tests.luka import TOKEN, settings_for
from tests.scenario.web.chat_client import Client

ANNA, BORIS, CLARA = 7, 8, 9
NAMES = {ANNA: "Anna", BORIS: "Boris", CLARA: "Clara"}


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
    """No Telegram listens; what is brought there would wait."""
    port, most = free_port(), (limits or ChatLimits()).max_participants
    chosen: dict[str, object] = {
        "web_port": port,
        "flood_per_minute": 0,
        "agents": [{"name": "cook"}],
        "chat": {"limits": {"max_participants": most}},
        **more,
    }
    async with ScriptedOllama.open(reply=reply) as model:
        settings = settings_for("http://127.0.0.1:9", model.url, folder, **chosen)
        async with (
            open_bot(settings) as bot,
            open_services(settings) as services,
            open_talks(settings, services, bot) as talks,
        ):
            people = keep_house(settings, services, bot, talks.courier, talks.shared)
            front = _front(settings, services, people, talks, rules)
            async with (
                serving("127.0.0.1", port, front.routes, [front.bye]),
                aiohttp.ClientSession() as session,
            ):
                yield ChatHouse(settings.home, services, talks.house, front, model, session)


def _front(
    settings: Settings,
    services: Services,
    people: Household,
    talks: Talks,
    rules: SocketRules | None,
) -> FrontChat:
    async def agents() -> tuple[Agent, ...]:
        return talks.house.agents.all

    house = talks.house
    parts = ChatParts(house.service, house.hub, house.storage, services.llm, agents)
    return open_front_chat(settings, services, people, parts, rules)


def init_data(number: int, age: float = 0.0, token: str = TOKEN, **more: str) -> str:
    """What Telegram gives a Mini App, signed as its documentation says."""
    user = json.dumps({"id": number, "first_name": NAMES[number], "language_code": "ru"})
    fields = {"auth_date": str(int(time.time() - age)), "user": user, **more}
    checked = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    signed = hmac.new(key, checked.encode(), hashlib.sha256).hexdigest()
    return urlencode({**fields, "hash": signed})
