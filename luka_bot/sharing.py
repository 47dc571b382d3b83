"""Sharing threads, their agents and the link to their page, wired."""

import time
from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.agents import AgentsDesk
from luka_bot.handlers.chat_page import ChatPage
from luka_bot.handlers.herald import Herald
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.sharing_desk import SharingDesk
from luka_bot.handlers.weblink import ChatLinks
from luka_bot.services.access import AccessService
from luka_bot.services.chat_sessions import ChatSessions
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.parting import Parting
from luka_bot.services.passwords import Passwords, careful_hasher
from luka_bot.services.personas import Personas
from luka_bot.services.sharing import Sharing
from luka_bot.storage.accounts import AccountStore
from luka_bot.storage.chat_sessions import ChatSessionStore
from luka_bot.storage.personas import PersonaStore


@dataclass(frozen=True, slots=True)
class SharedThreads:
    """eraser: for whoever is forgotten, of whom others must hear."""

    conversations: ConversationService
    sharing: Sharing
    herald: Herald
    eraser: Parting


def share_threads(
    services: Services,
    conversations: ConversationService,
    courier: Courier,
    languages: Languages,
) -> SharedThreads:
    herald = Herald(courier, services.people, languages)
    return SharedThreads(
        conversations,
        Sharing(services.threads, services.turns, conversations),
        herald,
        Parting(services.forgetting, conversations, herald),
    )


def with_others(
    settings: Settings,
    services: Services,
    shared: SharedThreads,
    book: AgentBook,
    courier: Courier,
) -> dict[str, object]:
    """By the names by which handlers get them; personas are followed from now on."""
    personas = Personas(book, PersonaStore(services.storage), services.audit)
    services.background.spawn("follow the personas", personas.follow())
    page = ChatPage(settings.home if settings.web_port else "")
    return {
        "conversations": shared.conversations,
        "sharing": shared.sharing,
        "sharing_desk": SharingDesk(courier, shared.sharing, page, shared.herald),
        "agents_desk": AgentsDesk(courier, shared.sharing, personas, services.default_model),
        "personas": personas,
        "chat_page": page,
    }


def chat_links(settings: Settings, services: Services, access: AccessService) -> ChatLinks:
    passwords = Passwords(AccountStore(services.storage, time.time), careful_hasher())
    store = ChatSessionStore(services.storage, settings.web.session_ttl, time.time)
    sessions = ChatSessions(store, passwords, services.people, access, services.audit)
    return ChatLinks(sessions, ChatPage(settings.home if settings.web_port else ""))
