"""The door to our Telegram: open it, put people in, look at what they see."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from luka_bot.background import Background
from luka_bot.demo.telegram.faults import Faults
from luka_bot.demo.telegram.flood import Flood, Limits
from luka_bot.demo.telegram.happenings import ChatsChanged, QueueMoved
from luka_bot.demo.telegram.journal import ApiCall, Journal
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.menus import menu_of
from luka_bot.demo.telegram.page_api import PageApi
from luka_bot.demo.telegram.people import Group, Person
from luka_bot.demo.telegram.records import Account, Chat
from luka_bot.demo.telegram.server import LARGEST_REQUEST, BotApi
from luka_bot.demo.telegram.shown import ShownMessage, as_screen, shown_messages
from luka_bot.demo.telegram.sse import EventStream
from luka_bot.demo.telegram.updates import UpdateQueue
from luka_bot.demo.telegram.watch import Watch
from luka_bot.demo.telegram.webhook import Webhook
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId, UserId

FIRST_UPDATE = 1000


class LocalTelegram:
    """Made by `open`. All in memory; ends with the context."""

    url: str
    """The base for TELEGRAM_API_URL; the demo page lives there too."""

    _runner: web.AppRunner

    def __init__(self, world: World, token: str) -> None:
        self.world = world
        self.token = token
        self.faults = Faults()
        self.model = ""
        """A line for the page's header: what answers here."""
        self._journal = Journal()
        self._api = BotApi(token, world, self.faults, self._journal)
        self._events = EventStream()
        self._watch = Watch(world)

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        token: str = "1:test",  # noqa: S107 - made up
        port: int = 0,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        host: str = "127.0.0.1",
        *,
        privacy_mode: bool = False,
    ) -> AsyncIterator["LocalTelegram"]:
        """Port 0 takes a free one. With `privacy_mode` the bot misses what groups say to others."""
        async with Background() as background:
            telegram = cls(_empty_world(token, limits, background), token)
            telegram.world.privacy_mode = privacy_mode
            async with telegram._served(host, port):
                yield telegram

    @asynccontextmanager
    async def _served(self, host: str, port: int) -> AsyncIterator[None]:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes(self._api.routes())
        app.add_routes(PageApi(self.world, self._events, lambda: self.model).routes())
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=1)
        await runner.setup()
        self._runner = runner
        try:
            self.url = await self.another_door(host, port)
            yield
        finally:
            self.close()
            await runner.cleanup()

    async def another_door(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """One more address of the same Telegram, so that its callers can be told apart."""
        await web.TCPSite(self._runner, host, port).start()
        return f"http://127.0.0.1:{self._runner.addresses[-1][1]}"

    def close(self) -> None:
        """Send home whoever is kept waiting: polls, silent calls, pages. `open` does it too."""
        self._api.close()
        self._events.close()
        self.world.updates.close()

    def person(
        self,
        id: int,  # noqa: A002 - Telegram's word
        name: str,
        language: str | None = "en",
        username: str | None = None,
        *,
        is_admin: bool = False,
        started: bool = True,
    ) -> Person:
        """`username=None` makes one of a Latin name. `started=False`: has never written yet."""
        if username is None and name.isascii() and name.isalnum():
            username = name.lower()
        account = Account(UserId(id), name, username, language, is_admin=is_admin)
        self.world.accounts[account.id] = account
        chat = Chat(ChatId(id), "private", name, [account.id], started=started)
        self.world.chats.setdefault(chat.id, chat)
        return Person(self.world, account.id)

    def another_bot(self, id: int, name: str, username: str) -> Person:  # noqa: A002 - as above
        """For groups. Ours hears it with `world.bots_hear_bots` alone."""
        account = Account(UserId(id), name, username, is_bot=True)
        self.world.accounts[account.id] = account
        return Person(self.world, account.id)

    @property
    def privacy(self) -> bool:
        """Privacy mode, as BotFather sets it: counts where the bot comes in from now on."""
        return self.world.privacy_mode

    @privacy.setter
    def privacy(self, on: bool) -> None:
        self.world.privacy_mode = on

    def group(
        self,
        id: int,  # noqa: A002 - Telegram's word
        title: str,
        members: Sequence[Person],
        *,
        bot_status: str = "member",
        kind: str = "supergroup",
    ) -> Group:
        """The first member owns it. `bot_status`: member, administrator, left or kicked; `kind`:
        supergroup, forum (one with topics), or group for a basic one, whose id is above -10**12."""
        people = [one.id for one in members]
        chat = Chat(ChatId(id), kind, title, people, bot_status, is_forum=kind == "forum")
        chat.kind = "supergroup" if chat.is_forum else kind
        chat.all_heard = not self.privacy
        self.world.chats[chat.id] = chat
        if chat.is_forum:
            self.world.new_message_id(chat)  # 1 means General
        self.world.tell(ChatsChanged())
        return Group(self.world, ChatId(id))

    def said(self, chat_id: int) -> list[str]:
        """Texts (and captions) of the bot's messages now visible, in order."""
        bot = self.world.bot.id
        return [one.text for one in self.shown(chat_id) if one.sender_id == bot and one.text]

    def shown(self, chat_id: int) -> list[ShownMessage]:
        return shown_messages(self.world, self._chat(chat_id))

    def buttons(self, chat_id: int) -> list[str]:
        """Button texts on the bot's newest message."""
        own = [one for one in self.shown(chat_id) if one.sender_id == self.world.bot.id]
        return own[-1].buttons if own else []

    def toasts(self, person_id: int) -> list[str]:
        """Answers to this person's taps, in order; "" where only the spinner was stopped."""
        return [one.text for one in self.world.toasts if one.person == person_id]

    def commands(self, language: str = "", scope: str = "default") -> list[str]:
        """Names of the commands registered for exactly this language and kind of scope."""
        found = self.world.commands.get((scope, None, None, language), [])
        return [str(one["command"]) for one in found]

    def menu(self, person_id: int, chat_id: int | None = None) -> list[str]:
        """Names of the commands that this person is shown there; by default in their own chat."""
        chat = self._chat(person_id if chat_id is None else chat_id)
        shown = menu_of(self.world, chat, self.world.accounts[UserId(person_id)])
        return [str(one["command"]) for one in shown]

    def versions(self, chat_id: int, message_id: int) -> list[str]:
        """Every text this message has had, the present one last; also after it was deleted."""
        return list(self._chat(chat_id).versions[MessageId(message_id)])

    def drafts(self, chat_id: int) -> list[str]:
        """Every text sent as a draft, in order."""
        return list(self._chat(chat_id).drafts)

    def actions(self, chat_id: int) -> list[str]:
        """Every chat action ("typing" …), in order."""
        return list(self._chat(chat_id).actions)

    @property
    def pending_updates(self) -> int:
        """Not yet confirmed by an offset (or by the webhook)."""
        return self.world.updates.pending

    def inject(self, raw: Json) -> None:
        """Queue this update as is; only a missing `update_id` is filled in."""
        self.world.updates.inject(raw)

    def redeliver(self, update_id: int | None = None) -> None:
        """Deliver an update once more (None: the newest), whatever the offset says."""
        self.world.updates.redeliver(update_id)

    @property
    def calls(self) -> list[ApiCall]:
        """Every call in order of arrival."""
        return self._journal.calls()

    def calls_of(self, *methods: str, chat_id: int | None = None) -> list[ApiCall]:
        chosen = [one for one in self.calls if one.method in methods]
        return [one for one in chosen if chat_id in (None, one.chat_id)]

    def screen(self) -> str:
        """All that is visible in all chats, as lines."""
        return "\n".join(as_screen(self.world, chat) for chat in self.world.chats.values())

    async def wait_for(self, true: Callable[[], object], seconds: float = 15) -> None:
        """Until `true()`; looked at after each change, and a LookupError in it means not yet.

        TimeoutError tells what is visible in all chats.
        """
        try:
            await self._watch.until(true, seconds)
        except TimeoutError:
            raise TimeoutError(f"not within {seconds} s; visible is\n{self.screen()}") from None

    def _chat(self, chat_id: int) -> Chat:
        return self.world.chats[ChatId(chat_id)]


def _empty_world(token: str, limits: Limits, background: Background) -> World:
    bot = Account(UserId(int(token.partition(":")[0])), "luka", "luka_bot", is_bot=True)
    updates = UpdateQueue(time.time, FIRST_UPDATE, slow_repeats=limits.slow_repeated_polls)
    webhook = Webhook(updates, background, time.time)
    world = World(bot, token, Flood(limits, time.monotonic), updates, webhook, time.time)

    def moved() -> None:
        webhook.look()
        world.tell(QueueMoved())

    updates.moved = moved
    return world
