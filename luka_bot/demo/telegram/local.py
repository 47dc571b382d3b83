"""The door to our Telegram: open it, put people in, look at what they see."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from luka_bot.demo.telegram.faults import Faults
from luka_bot.demo.telegram.flood import Limits
from luka_bot.demo.telegram.journal import ApiCall
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.people import Group, Person
from luka_bot.demo.telegram.shown import ShownMessage


class LocalTelegram:
    url: str
    """The base for TELEGRAM_API_URL; the demo page lives there too."""
    token: str
    faults: Faults
    model: str
    """A line for the page's header: what answers here."""

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
        raise NotImplementedError
        yield

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
        raise NotImplementedError

    def group(
        self,
        id: int,  # noqa: A002 - Telegram's word
        title: str,
        members: Sequence[Person],
        *,
        bot_is_member: bool = True,
        bot_is_admin: bool = False,
    ) -> Group:
        raise NotImplementedError

    def said(self, chat_id: int) -> list[str]:
        """Texts (and captions) of the bot's messages now visible, in order."""
        raise NotImplementedError

    def shown(self, chat_id: int) -> list[ShownMessage]:
        raise NotImplementedError

    def buttons(self, chat_id: int) -> list[str]:
        """Button texts on the bot's newest message."""
        raise NotImplementedError

    def toasts(self, person_id: int) -> list[str]:
        """Answers to this person's taps, in order; "" where only the spinner was stopped."""
        raise NotImplementedError

    def commands(self, language: str = "", scope: str = "default") -> list[str]:
        """Names of the commands registered for exactly this language and kind of scope."""
        raise NotImplementedError

    def versions(self, chat_id: int, message_id: int) -> list[str]:
        """Every text this message has had, the present one last; also after it was deleted."""
        raise NotImplementedError

    def drafts(self, chat_id: int) -> list[str]:
        """Every text sent as a draft, in order."""
        raise NotImplementedError

    def actions(self, chat_id: int) -> list[str]:
        """Every chat action ("typing" …), in order."""
        raise NotImplementedError

    @property
    def pending_updates(self) -> int:
        """Not yet confirmed by an offset (or by the webhook)."""
        raise NotImplementedError

    def inject(self, raw: Json) -> None:
        """Queue this update as is; only a missing `update_id` is filled in."""
        raise NotImplementedError

    def redeliver(self, update_id: int | None = None) -> None:
        """Deliver an update once more (None: the newest), whatever the offset says."""
        raise NotImplementedError

    @property
    def calls(self) -> list[ApiCall]:
        """Every call in order of arrival."""
        raise NotImplementedError

    def calls_of(self, *methods: str, chat_id: int | None = None) -> list[ApiCall]:
        raise NotImplementedError

    async def wait_for(self, true: Callable[[], bool], seconds: float = 5) -> None:
        """Until `true()`; looked at after each change, and a LookupError in it means not yet.

        TimeoutError tells what is visible in all chats.
        """
        raise NotImplementedError
