"""The state of our Telegram: who is there, which chats, what stands in them."""

import itertools
import mimetypes
from collections.abc import Callable
from dataclasses import replace

from luka_bot.demo.telegram.flood import Flood
from luka_bot.demo.telegram.happenings import (
    ActionShown,
    Deleted,
    Edited,
    Happening,
    Posted,
    ProfileChanged,
    Toasted,
)
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import (
    Account,
    Attachment,
    Body,
    Chat,
    Keyboard,
    Post,
    StoredFile,
    Tap,
    Toast,
)
from luka_bot.demo.telegram.updates import UpdateQueue
from luka_bot.demo.telegram.webhook import Webhook
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId, MessageId, UserId

CommandKey = tuple[str, int | None, int | None, str]
"""Kind of scope, its chat, its user, language."""


class World:
    """`clock` is wall time. Changes are told to `listeners` after they took place."""

    def __init__(
        self,
        bot: Account,
        token: str,
        flood: Flood,
        updates: UpdateQueue,
        webhook: Webhook,
        clock: Clock,
    ) -> None:
        self.bot = bot
        self.token = token
        self.flood = flood
        self.updates = updates
        self.webhook = webhook
        self.clock = clock
        self.since = clock()
        self.privacy_mode = False
        self.bots_hear_bots = False
        """Bot-to-bot communication mode."""
        self.accounts: dict[UserId, Account] = {bot.id: bot}
        self.chats: dict[ChatId, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.taps: dict[str, Tap] = {}
        self.toasts: list[Toast] = []
        self.commands: dict[CommandKey, list[Json]] = {}
        self.menu_buttons: dict[ChatId | None, Json] = {}
        """None: of every chat that has none of its own."""
        self.descriptions: dict[tuple[str, str], str] = {}
        self.listeners: list[Callable[[Happening], None]] = []
        self._private_ids = itertools.count(1)
        self._group_ids: dict[ChatId, itertools.count[int]] = {}
        self._tap_ids = itertools.count(1)
        self._first_id = 1
        self._file_ids = itertools.count(1)
        self._album_ids = itertools.count(13_700_000_000_000_001)

    def tell(self, happening: Happening) -> None:
        for listener in list(self.listeners):
            listener(happening)

    def count_from(self, number: int) -> None:
        """New updates, messages and taps get numbers from here on."""
        self._first_id = number
        self._private_ids = itertools.count(number)
        self._tap_ids = itertools.count(number)
        self.updates.count_from(number)

    def new_tap(self, person: UserId, chat: Chat) -> Tap:
        tap = Tap(f"{chat.id % 1000:03}{next(self._tap_ids)}", person, chat.id, self.clock())
        self.taps[tap.id] = tap
        return tap

    def new_message_id(self, chat: Chat) -> MessageId:
        if chat.kind != "supergroup":  # the others share one count
            return MessageId(next(self._private_ids))
        return MessageId(next(self._group_ids.setdefault(chat.id, itertools.count(self._first_id))))

    def add(
        self,
        chat: Chat,
        sender: UserId,
        body: Body,
        *,
        keyboard: Keyboard | None = None,
        reply_to: MessageId | None = None,
        attachment: Attachment | None = None,
    ) -> Post:
        post = Post(
            message_id=self.new_message_id(chat),
            chat_id=chat.id,
            sender=sender,
            date=int(self.clock()),
            body=body,
            keyboard=keyboard,
            reply_to=reply_to,
            attachment=attachment,
        )
        return self.keep(post)

    def keep(self, post: Post) -> Post:
        """Put a post under its number: a new one, or the changed face of one that stands."""
        chat = self.chats[post.chat_id]
        known = post.message_id in chat.posts
        texts = chat.versions.setdefault(post.message_id, [])
        if not texts or texts[-1] != post.body.text:
            texts.append(post.body.text)
        chat.posts[post.message_id] = post
        self.tell(Edited(post) if known else Posted(post))
        return post

    def edit(self, post: Post, body: Body, keyboard: Keyboard | None) -> Post:
        return self.keep(replace(post, body=body, keyboard=keyboard, edit_date=int(self.clock())))

    def delete(self, chat: Chat, message_ids: list[MessageId]) -> None:
        gone = tuple(one for one in message_ids if chat.posts.pop(one, None) is not None)
        if gone:
            self.tell(Deleted(chat.id, gone))

    def store(self, name: str, content: bytes, mime: str | None = None) -> StoredFile:
        number = f"file{next(self._file_ids):05}"
        kind = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = StoredFile(number, name, kind, content)
        self.files[number] = file
        return file

    def new_album(self) -> str:
        return str(next(self._album_ids))

    def show_draft(self, chat: Chat, text: str) -> None:
        chat.drafts.append(text)
        self.tell(ActionShown(chat.id, "typing"))

    def show_action(self, chat: Chat, action: str) -> None:
        chat.actions.append(action)
        self.tell(ActionShown(chat.id, action))

    def toast(self, tap: Tap, text: str, *, alert: bool) -> None:
        toast = Toast(tap.person, tap.id, text, alert)
        self.toasts.append(toast)
        self.tell(Toasted(toast))

    def describe(self, kind: str, language: str, text: str) -> None:
        """`kind` is description or short_description; an empty text takes it away."""
        self.descriptions[(kind, language)] = text
        self.tell(ProfileChanged())

    def set_commands(self, key: CommandKey, commands: list[Json]) -> None:
        """An empty list takes them away."""
        if commands:
            self.commands[key] = commands
        else:
            self.commands.pop(key, None)
        self.tell(ProfileChanged())
