"""One message that shows how far a long work is."""

import structlog
from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.models.clock import Clock
from luka_bot.models.ids import MessageId
from luka_bot.models.overseer import Overseer

DRAWN_EVERY = 4.0  # s; a group takes 20 messages and edits a minute, and others speak there too

log = structlog.get_logger(__name__)


class ProgressMessage:
    """clock is monotonic. What can't be drawn is no reason to stop working."""

    def __init__(self, courier: Courier, overseer: Overseer, clock: Clock) -> None:
        self._courier = courier
        self._target = Target(overseer.chat_id, overseer.topic_id)
        self._message_id = overseer.message_id
        self._clock = clock
        self._drawn_at = float("-inf")

    @property
    def message_id(self) -> MessageId:
        return self._message_id

    @property
    def due(self) -> bool:
        """Whether it may be drawn now."""
        rested = self._clock() - self._drawn_at >= DRAWN_EVERY
        return rested and self._courier.pace(self._target.chat_id).rest() <= 0

    async def draw(self, html: str, keyboard: InlineKeyboardMarkup | None) -> None:
        """One try: something newer follows."""
        self._drawn_at = self._clock()
        try:
            await self._courier.preview(self._target, self._message_id, html, keyboard)
        except DeliveryError as error:
            log.info("progress.not_drawn", error=type(error).__name__)

    async def tell(self, html: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Until it stands there, as a new message if the old one is gone."""
        self._drawn_at = self._clock()
        try:
            self._message_id = await self._courier.edit_html(
                self._target, self._message_id, html, keyboard
            )
        except DeliveryError as error:
            log.warning("progress.not_told", error=type(error).__name__)
