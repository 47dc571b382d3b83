"""The commands menu, as Telegram's clients show it."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand

from luka_bot.locales import LANGUAGES, words_for

log = structlog.get_logger(__name__)

COMMANDS = ("start", "chats", "new", "rename", "export", "clear", "delete", "stop", "help")


async def register_commands(bot: Bot) -> None:
    """And what the bot says of itself before Start. English for everybody, then each language for
    those who speak it. Failing is no disaster."""
    languages = (None, *LANGUAGES)
    try:
        for language in languages:
            await bot.set_my_commands(_menu(language), language_code=language)
        for language in languages:
            words = words_for(language)
            await bot.set_my_description(words("about.long"), language_code=language)
            await bot.set_my_short_description(words("about.short"), language_code=language)
    except AiogramError as error:
        log.warning("commands.not_registered", error=type(error).__name__)


def _menu(language: str | None) -> list[BotCommand]:
    words = words_for(language)
    return [BotCommand(command=name, description=words(f"commands.{name}")) for name in COMMANDS]
