"""Conversations and Telegram's side of them, wired."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.conversations import ConversationHouse, open_conversations
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Paces
from luka_bot.handlers.bridge.places import Places
from luka_bot.handlers.bridge.posting import Posting
from luka_bot.handlers.bridge.speaking import SpeakingAloud
from luka_bot.handlers.bridge.telegram_bridge import TelegramBridge
from luka_bot.handlers.herald import Herald
from luka_bot.handlers.languages import Languages
from luka_bot.locales import words_for
from luka_bot.sharing import SharedThreads, share_threads
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.chat.contract import ChatStorage


@dataclass(frozen=True, slots=True)
class Talks:
    """paces, courier: the way to Telegram, one for all of luka."""

    bot: Bot
    paces: Paces
    courier: Courier
    places: Places
    house: ConversationHouse
    shared: SharedThreads


@asynccontextmanager
async def open_talks(settings: Settings, services: Services, bot: Bot) -> AsyncIterator[Talks]:
    """Conversations with their bridge to Telegram."""
    paces, languages = Paces(time.monotonic), Languages()
    courier, usual = Courier(bot, paces), words_for(settings.language)
    places = Places(services.people, services.threads, languages, usual)

    def bridge(storage: ChatStorage) -> TelegramBridge:
        return build_bridge(settings, services, courier, places, storage)

    async with open_conversations(settings, services, bridge) as house:
        shared = share_threads(settings, services, house, courier, languages)
        yield Talks(bot, paces, courier, places, house, shared)


def build_bridge(
    settings: Settings,
    services: Services,
    courier: Courier,
    places: Places,
    storage: ChatStorage,
) -> TelegramBridge:
    bridged, people = Bridged(services.storage), services.people
    previews = settings.stream_mode != "off"
    aloud = SpeakingAloud(courier, storage, bridged, time.monotonic, previews=previews)
    herald = Herald(courier, people, places.languages, bridged)
    return TelegramBridge(places, Posting(courier, storage, bridged), aloud, herald)
