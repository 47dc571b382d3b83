"""Which commands the bot's menu shows to whom, and where."""

from collections.abc import Iterator

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Account, Chat
from luka_bot.demo.telegram.world import World

Scope = tuple[str, int | None, int | None]


def menu_of(world: World, chat: Chat, account: Account) -> list[Json]:
    """Of the narrowest scope that has any, in the person's language before none.

    https://core.telegram.org/bots/api#determining-list-of-commands
    """
    scopes = _private(chat) if chat.is_private else _of_group(chat, account)
    for scope in scopes:
        for language in (account.language or "", ""):
            if found := world.commands.get((*scope, language)):
                return found
    return []


def _private(chat: Chat) -> Iterator[Scope]:
    yield "chat", chat.id, None
    yield "all_private_chats", None, None
    yield "default", None, None


def _of_group(chat: Chat, account: Account) -> Iterator[Scope]:
    leads = chat.status_of(account.id) in ("creator", "administrator")
    yield "chat_member", chat.id, account.id
    if leads:
        yield "chat_administrators", chat.id, None
    yield "chat", chat.id, None
    if leads:
        yield "all_chat_administrators", None, None
    yield "all_group_chats", None, None
    yield "default", None, None
