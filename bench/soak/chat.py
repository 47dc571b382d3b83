"""One person's chat as it changes, for who waits for something to appear there."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from luka_bot.demo.telegram import LocalTelegram
from luka_bot.demo.telegram.happenings import Edited, Happening, Posted, Toasted
from luka_bot.demo.telegram.records import Post
from luka_bot.models.ids import ChatId

KEPT = 12  # messages of a chat that can still be tapped
Found = TypeVar("Found")
Button = tuple[int, str]
"""Message and data."""


class Chats:
    def __init__(self, telegram: LocalTelegram) -> None:
        self._world = telegram.world
        self._changed: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        telegram.world.listeners.append(self._hear)

    async def until(
        self, chat_id: int, look: Callable[[], Found | None], seconds: float
    ) -> Found | None:
        """What look finds, as soon as it is there; None if it isn't within seconds."""
        changed = self._changed[chat_id]
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    changed.clear()
                    await changed.wait()
                return found
        except TimeoutError:
            return None

    def after(self, chat_id: int, message_id: int) -> list[Post]:
        """The bot's messages below that one, the newest first."""
        posts = reversed(self._world.chats[ChatId(chat_id)].posts.values())
        own = self._world.bot.id
        return [one for one in posts if one.message_id > message_id and one.sender == own]

    def button(self, chat_id: int, *names: str, after: int = 0) -> Button | None:
        """The newest whose text begins with one of these."""
        for post in self.after(chat_id, after):
            for button in (one for row in post.keyboard or [] for one in row):
                if str(button["text"]).startswith(names):
                    return post.message_id, str(button["callback_data"])
        return None

    def forget(self, chat_id: int, keep: int = KEPT) -> None:
        """All but the last messages: this process is to stay small as well."""
        chat = self._world.chats[ChatId(chat_id)]
        for number in list(chat.posts)[: max(len(chat.posts) - keep, 0)]:
            del chat.posts[number]
        for number in chat.versions.keys() - chat.posts.keys():
            del chat.versions[number]
        chat.actions.clear()
        self._changed.pop(chat_id, None)

    def forget_common(self) -> None:
        self._world.toasts.clear()
        self._world.taps.clear()
        self._world.files.clear()

    def _hear(self, happening: Happening) -> None:
        match happening:
            case Posted(post) | Edited(post):
                self._changed[post.chat_id].set()
            case Toasted(toast):
                self._changed[toast.person].set()
            case _:
                pass
