"""The commands menu, as Telegram's clients show it."""

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    MenuButtonWebApp,
    WebAppInfo,
)

from luka_bot.locales import LANGUAGES, words_for
from luka_bot.models.ids import ChatId

log = structlog.get_logger(__name__)

COMMANDS = (
    "start",
    "chats",
    "new",
    "rename",
    "clear",
    "delete",
    "share",
    "leave",
    "agents",
    "web",
    "stop",
    "job",
    "jobs",
    "files",
    "settings",
    "export",
    "privacy",
    "forget",
    "help",
)


GROUP_COMMANDS = ("group",)
"""Also in the menu of groups, before the others."""

ADMIN_COMMANDS: tuple[str, ...] = (
    "admin",
    "users",
    "ban",
    "unban",
    "limits",
    "invite",
    "invites",
    "stats",
    "queue",
    "audit",
    "health",
    "config",
    "dead",
    "models",
    "pull",
    "broadcast",
    "pending",
    "alljobs",
    "jobstats",
)
"""Also in the menu of the admins' group, before the others."""


async def register_commands(bot: Bot, admin_chat: ChatId | None) -> None:
    """And what the bot says of itself before Start. English for everybody, then each language for
    those who speak it. Failing is no disaster."""
    languages = (None, *LANGUAGES)
    try:
        for language in languages:
            await bot.set_my_commands(_menu(language, COMMANDS), language_code=language)
            here = _menu(language, GROUP_COMMANDS + COMMANDS)
            await bot.set_my_commands(here, BotCommandScopeAllGroupChats(), language)
        if admin_chat is not None:
            await _register_admins(bot, BotCommandScopeChat(chat_id=admin_chat))
        for language in languages:
            words = words_for(language)
            await bot.set_my_description(words("about.long"), language_code=language)
            await bot.set_my_short_description(words("about.short"), language_code=language)
    except AiogramError as error:
        log.warning("commands.not_registered", error=type(error).__name__)


async def register_admin_commands(bot: Bot, admin_chat: ChatId) -> None:
    """Where the group has moved to. Failing is no disaster."""
    try:
        await _register_admins(bot, BotCommandScopeChat(chat_id=admin_chat))
    except AiogramError as error:
        log.warning("commands.not_registered", error=type(error).__name__)


async def offer_page(bot: Bot, address: str) -> None:
    """The page of conversations, beside the field in which people write. Failing is no disaster."""
    button = MenuButtonWebApp(text="luka", web_app=WebAppInfo(url=address))
    try:
        await bot.set_chat_menu_button(menu_button=button)
    except AiogramError as error:
        log.warning("commands.page_not_offered", error=type(error).__name__)


async def _register_admins(bot: Bot, scope: BotCommandScopeChat) -> None:
    for language in (None, *LANGUAGES):
        commands = _menu(language, ADMIN_COMMANDS + COMMANDS)
        await bot.set_my_commands(commands, scope, language)


def _menu(language: str | None, names: tuple[str, ...]) -> list[BotCommand]:
    words = words_for(language)
    return [BotCommand(command=name, description=words(f"commands.{name}")) for name in names]
