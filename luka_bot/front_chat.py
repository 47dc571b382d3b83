"""Conversations over HTTP and sockets, wired."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.household import Household
from luka_bot.models.agent import Agent
from luka_bot.services.chat_sessions import ChatSessions
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.ledger import Ledger
from luka_bot.services.llm_service import LLMService
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.chat_sessions import ChatSessionStore
from luka_bot.web.app.page import AppPage
from luka_bot.web.chat import site
from luka_bot.web.chat.asking import Asking
from luka_bot.web.chat.authentication import Authentication
from luka_bot.web.chat.conversations import Conversations
from luka_bot.web.chat.door import Door
from luka_bot.web.chat.origins import Origins
from luka_bot.web.chat.presence import Presence
from luka_bot.web.chat.seat import SocketRules, Staff
from luka_bot.web.chat.signing_in import SigningIn
from luka_bot.web.chat.sockets import Sockets
from luka_bot.web.chat.talk import Talk
from luka_bot.web.chat.watching import Watching


@dataclass(frozen=True, slots=True)
class ChatParts:
    """Of conversations, what this door needs. agents: who can be added."""

    service: ConversationService
    hub: Hub
    storage: ChatStorage
    llm: LLMService
    agents: Callable[[], Awaitable[tuple[Agent, ...]]]


@dataclass(frozen=True, slots=True)
class FrontChat:
    """sessions: for the bot's /web. bye: to be called before the server ends (`serving`)."""

    routes: tuple[web.RouteDef, ...]
    sessions: ChatSessions
    sockets: Sockets

    async def bye(self) -> None:
        await self.sockets.bye()


def open_front_chat(
    settings: Settings,
    services: Services,
    house: Household,
    parts: ChatParts,
    rules: SocketRules | None = None,
) -> FrontChat:
    """rules: others than those of the settings."""
    sessions = open_chat_sessions(settings, services, house)
    authentication = Authentication(sessions, settings.bot_token, time.time)
    access, service = house.access, parts.service
    presence = Presence(parts.storage, service, services.background, time.time)
    staff = Staff(service, parts.hub, presence, authentication, access)
    sockets = Sockets(
        staff, rules or rules_of(settings), services.background, time.time, time.monotonic
    )
    ledger = Ledger(services.stats, services.background, time.time)
    rooms = site.Rooms(
        SigningIn(sessions, authentication),
        Conversations(service, services.threads, services.people, parts.agents),
        Talk(service, access, settings.home),
        sockets,
        Asking(parts.llm, ledger, time.monotonic),
        Watching(parts.hub.health, authentication, access),
    )
    door = Door(authentication, access, services.audit, Origins(settings.home), time.time)
    page = AppPage(settings.chat.context.ws_max_retries)
    routes = (*site.routes(door, rooms), *page.routes())
    return FrontChat(routes, sessions, sockets)


def open_chat_sessions(settings: Settings, services: Services, house: Household) -> ChatSessions:
    """Several of them know the same people."""
    storage = services.storage
    return ChatSessions(
        ChatSessionStore(storage, settings.web.session_ttl, time.time),
        Passwords(AccountStore(storage, time.time), careful_hasher()),
        services.people,
        house.access,
        services.audit,
    )


def rules_of(settings: Settings) -> SocketRules:
    chat = settings.chat
    return SocketRules(
        heartbeat=chat.heartbeat_interval,
        dead_after=chat.dead_after,
        per_10s=chat.limits.messages_per_10s,
        per_human=chat.limits.sockets_per_human,
        message_size=chat.limits.max_message_size,
        queue_size=chat.limits.queue_size,
        max_participants=chat.limits.max_participants,
        require_wss=chat.require_wss,
    )
