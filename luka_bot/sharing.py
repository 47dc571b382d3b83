"""Sharing threads, and their agents, wired."""

from dataclasses import dataclass

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.conversations import ConversationHouse
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.agents import AgentsDesk
from luka_bot.handlers.chat_page import ChatPage
from luka_bot.handlers.herald import Herald
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.sharing_desk import SharingDesk
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.personas import Personas
from luka_bot.services.sharing import Sharing
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.personas import PersonaStore


@dataclass(frozen=True, slots=True)
class SharedThreads:
    """injected: by the names by which handlers get them."""

    conversations: ConversationService
    languages: Languages
    sharing: Sharing
    personas: Personas
    page: ChatPage
    injected: dict[str, object]


def share_threads(
    settings: Settings,
    services: Services,
    talks: ConversationHouse,
    courier: Courier,
    languages: Languages,
) -> SharedThreads:
    """Agents that admins make are followed from now on."""
    conversations, book = talks.service, talks.agents
    herald = Herald(courier, services.people, languages, Bridged(services.storage))
    sharing = Sharing(services.threads, services.turns, conversations)
    personas = Personas(book, PersonaStore(services.storage), services.audit)
    services.background.spawn("follow the personas", personas.follow())
    page = ChatPage(settings.home if settings.web_port else "", settings.mini_apps_by_http)
    injected: dict[str, object] = {
        "conversations": conversations,
        "sharing": sharing,
        "sharing_desk": SharingDesk(courier, sharing, page, herald),
        "agents_desk": AgentsDesk(courier, sharing, personas, services.default_model),
        "personas": personas,
        "chat_page": page,
    }
    return SharedThreads(conversations, languages, sharing, personas, page, injected)
