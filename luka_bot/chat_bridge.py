"""Telegram's side of conversations, wired."""

import time

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.handlers.bridge.places import Places
from luka_bot.handlers.bridge.posting import Posting
from luka_bot.handlers.bridge.speaking import SpeakingAloud
from luka_bot.handlers.bridge.telegram_bridge import TelegramBridge
from luka_bot.household import Household
from luka_bot.locales import words_for
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.chat.contract import ChatStorage


def build_bridge(
    courier: Courier, services: Services, house: Household, storage: ChatStorage, settings: Settings
) -> TelegramBridge:
    bridged = Bridged(services.storage)
    usual = words_for(settings.language)
    places = Places(services.people, services.threads, house.languages, usual)
    previews = settings.stream_mode != "off"
    aloud = SpeakingAloud(courier, storage, bridged, time.monotonic, previews=previews)
    return TelegramBridge(places, Posting(courier, storage, bridged), aloud)
