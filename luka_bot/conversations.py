"""Conversations of several people and agents, wired."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.hosts import Hosts
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.transport import Transport
from luka_bot.storage.chat.contract import ChatStorage


@dataclass(frozen=True, slots=True)
class ConversationHouse:
    """What doors need of conversations."""

    service: ConversationService
    hub: Hub
    agents: AgentBook
    storage: ChatStorage
    hosts: Hosts


@asynccontextmanager
async def open_conversations(
    settings: Settings, services: Services, transport: Transport | None
) -> AsyncIterator[ConversationHouse]:
    """Hears the bus and does its share of the work while inside. transport: None without a bot."""
    raise NotImplementedError
    yield
