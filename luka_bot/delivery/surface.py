"""What an answer is drawn on while it grows; present() knows no more of Telegram than this."""

from typing import Protocol

from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.rendered import NOTHING, Rendered
from luka_bot.models.ids import MessageId


class Surface(Protocol):
    def rest(self) -> float:
        """Seconds until the next preview may be drawn; 0 means now."""
        ...

    def ample(self) -> bool:
        """Whether a call can be spared for what may be left out."""
        ...

    async def typing(self) -> None:
        """Show that somebody is writing, for about 5 s. Never fails, never waits for long."""
        ...

    async def preview(self, markdown: str, above: Rendered = NOTHING) -> bool:
        """Draw what there is of the answer, or leave it: one call at most, never repeated.

        above stands before it, in the same message.
        False as long as nothing of it stands in the chat.
        Raises DeliveryError only if nothing at all can be shown here any more.
        """
        ...

    async def settle(
        self,
        markdown: str,
        footnote: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
        above: Rendered = NOTHING,
    ) -> tuple[MessageId, ...]:
        """Write the last word, however long it takes, and return its messages in order.

        above as in preview. footnote is plain text set under the answer; keyboard goes on the last
        message.
        """
        ...
