"""An answer that grows by editing its messages: works in every chat and every client."""

from collections.abc import Awaitable, Callable

from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.models.ids import MessageId

Bookmark = Callable[[tuple[MessageId, ...]], Awaitable[None]]


class EditSurface:
    """bookmark is told the messages of the answer, in order, as soon as each exists.

    shown: messages of an earlier run (or of an answer written anew), edited before any is sent.
    """

    def __init__(
        self,
        courier: Courier,
        target: Target,
        bookmark: Bookmark,
        stop_keyboard: InlineKeyboardMarkup,
        shown: tuple[MessageId, ...] = (),
    ) -> None:
        self._courier = courier
        self._target = target
        self._bookmark = bookmark
        self._stop_keyboard = stop_keyboard
        self._shown = shown

    def rest(self) -> float:
        raise NotImplementedError

    async def typing(self) -> None:
        raise NotImplementedError

    async def preview(self, markdown: str) -> None:
        raise NotImplementedError

    async def settle(
        self, markdown: str, footnote: str = "", keyboard: InlineKeyboardMarkup | None = None
    ) -> tuple[MessageId, ...]:
        raise NotImplementedError
