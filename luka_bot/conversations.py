"""Conversations of several people and agents, wired."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from luka_bot.background import Background
from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.config_fields.chat import Chat
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import InputMode
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.desk import Desk, SharedThreads
from luka_bot.services.conversations.farewells import Farewells
from luka_bot.services.conversations.hosts import Hosts
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.rooms import Rooms
from luka_bot.services.conversations.stage import History, Stage, WorkRules
from luka_bot.services.conversations.transport import Transport
from luka_bot.services.model_work import ModelWork
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.contract import ChatLimits, ChatStorage
from luka_bot.storage.chat.memory import MemoryChatStorage
from luka_bot.storage.chat.opening import chat_storage


@dataclass(frozen=True, slots=True)
class ConversationHouse:
    """What doors need of conversations."""

    service: ConversationService
    hub: Hub
    agents: AgentBook
    storage: ChatStorage
    hosts: Hosts


@dataclass(frozen=True, slots=True)
class Wiring:
    """What conversations are made of. most: characters of a message."""

    storage: ChatStorage
    threads: ThreadService
    shared: SharedThreads
    history: History
    work: ModelWork
    transport: Transport | None
    agents: Sequence[Agent]
    rules: WorkRules
    rooms: Rooms
    most: int


@asynccontextmanager
async def open_conversations(
    settings: Settings, services: Services, bridge: Callable[[ChatStorage], Transport] | None
) -> AsyncIterator[ConversationHouse]:
    """Hears the bus and does its share of the work while inside. bridge: None without a bot."""
    storage = chat_storage(settings.chat.storage.backend, services.storage)
    if isinstance(storage, MemoryChatStorage):  # forgetting knows Redis's from the start
        services.forgetting.follow(storage.forget)
    wiring = Wiring(
        storage=storage,
        threads=services.threads,
        shared=services.shared,
        history=services.shared,
        work=services.work,
        transport=None if bridge is None else bridge(storage),
        agents=settings.personas,
        rules=_rules(settings.chat),
        rooms=_rooms(settings.chat),
        most=settings.chat.limits.max_message_size,
    )
    async with keep_conversations(wiring) as house:
        yield house


@asynccontextmanager
async def keep_conversations(wiring: Wiring) -> AsyncIterator[ConversationHouse]:
    async with AsyncExitStack() as stack:
        tasks = Background()
        house = _furnished(wiring, tasks)
        stack.push_async_callback(house.hosts.let_go)
        await stack.enter_async_context(tasks)
        await stack.enter_async_context(wiring.storage.listening(house.hub))
        wiring.threads.on_deleted(house.service.deleted)
        wiring.threads.on_renamed(house.service.renamed)
        tasks.spawn("sweep conversations", house.hosts.sweep())
        if wiring.transport is not None:
            farewells = Farewells(wiring.storage, wiring.transport, time.time)
            house.hub.farewells.append(farewells.look)
            tasks.spawn("say farewell", farewells.run())
        yield house


def _furnished(wiring: Wiring, tasks: Background) -> ConversationHouse:
    storage, threads, book = wiring.storage, wiring.threads, AgentBook(wiring.agents)
    hub = Hub(storage, wiring.rooms, tasks, time.time)
    stage = Stage(
        storage=storage,
        hub=hub,
        history=wiring.history,
        threads=threads,
        work=wiring.work,
        book=book,
        transport=wiring.transport,
        rules=wiring.rules,
        clock=time.monotonic,
        now=time.time,
    )
    hosts, limits = Hosts(stage, tasks), wiring.rules.limits
    desk = Desk(storage, threads, wiring.shared, book, hub, hosts, limits, wiring.most, time.time)
    return ConversationHouse(ConversationService(desk), hub, book, storage, hosts)


def _rules(chat: Chat) -> WorkRules:
    most = chat.limits
    limits = ChatLimits(most.max_participants, most.queue_size, most.dm_participants)
    windows = {mode: mode.seconds for mode in InputMode}
    return WorkRules(limits, chat.context.human_messages, chat.context.nlweb_timeout, windows)


def _rooms(chat: Chat) -> Rooms:
    return Rooms(chat.cache.max_conversations, chat.cache.ttl_seconds, time.monotonic)
