"""The Bot API, one file a subject; importing this fills the registry."""

from luka_bot.demo.telegram.methods import (
    chats,
    commands,
    drafts,
    edits,
    files,
    getting_updates,
    menu_button,
    queries,
    reactions,
    sending,
    topics,
)

__all__ = [
    "chats",
    "commands",
    "drafts",
    "edits",
    "files",
    "getting_updates",
    "menu_button",
    "queries",
    "reactions",
    "sending",
    "topics",
]
