"""Telegram's side of conversations, wired."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot, Dispatcher

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.conversations import ConversationHouse, open_conversations
from luka_bot.handlers.bridge.places import Places
from luka_bot.handlers.bridge.posting import Posting
from luka_bot.handlers.bridge.speaking import SpeakingAloud
from luka_bot.handlers.bridge.telegram_bridge import TelegramBridge
from luka_bot.handlers.group_card import GroupDesk
from luka_bot.handlers.group_sight import GroupSight
from luka_bot.handlers.group_threads import FollowsThreads
from luka_bot.household import Household
from luka_bot.locales import words_for
from luka_bot.services.conversations.direct_talk import DirectTalk
from luka_bot.services.conversations.group_talk import GroupTalk
from luka_bot.services.conversations.taking_back import TakingBack
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.chat.contract import ChatStorage


@asynccontextmanager
async def open_talks(
    settings: Settings, services: Services, house: Household, bot: Bot, dispatcher: Dispatcher
) -> AsyncIterator[ConversationHouse]:
    """Conversations with their bridge to Telegram; its handlers get what they need of them."""
    places = _places(settings, services, house)

    def bridge(storage: ChatStorage) -> TelegramBridge:
        return build_bridge(settings, services, house, places, storage)

    async with open_conversations(settings, services, bridge) as talks:
        follows = FollowsThreads(services.threads, talks.service, talks.storage)
        for observer in (dispatcher.message, dispatcher.callback_query):
            observer.middleware(follows)
        house.moves.followers.append(talks.storage.move_chat)
        dispatcher.workflow_data.update(_injected(services, house, bot, talks), places=places)
        yield talks


def build_bridge(
    settings: Settings,
    services: Services,
    house: Household,
    places: Places,
    storage: ChatStorage,
) -> TelegramBridge:
    bridged, courier = Bridged(services.storage), house.courier
    previews = settings.stream_mode != "off"
    aloud = SpeakingAloud(courier, storage, bridged, time.monotonic, previews=previews)
    return TelegramBridge(places, Posting(courier, storage, bridged), aloud)


def _places(settings: Settings, services: Services, house: Household) -> Places:
    usual = words_for(settings.language)
    return Places(services.people, services.threads, house.languages, usual)


def _injected(
    services: Services, house: Household, bot: Bot, talks: ConversationHouse
) -> dict[str, object]:
    conversations, access, storage = talks.service, house.access, talks.storage
    sight = GroupSight(bot, house.courier, house.languages, house.group)
    return {
        "conversations": conversations,
        "agent_book": talks.agents,
        "group_talk": GroupTalk(conversations, access),
        "direct_talk": DirectTalk(conversations, services.threads, services.turns),
        "taking_back": TakingBack(conversations, storage, access, services.audit),
        "group_sight": sight,
        "group_desk": GroupDesk(conversations, sight, house.screen),
    }
