"""The only hand that gives anything to Telegram."""

from aiogram import Bot
from aiogram.types import ForceReply, InlineKeyboardMarkup

from luka_bot.delivery.pace import Paces
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.target import Target
from luka_bot.models.ids import ChatId, MessageId

Keyboard = InlineKeyboardMarkup | ForceReply


class Courier:
    """Every method but typing, toast and the previews holds on until Telegram has taken it.

    They raise DeliveryError (PersonAway, TopicGone, NotAccepted, MaybeSent) when it never will.
    """

    def __init__(self, bot: Bot, paces: Paces) -> None:
        self._bot = bot
        self._paces = paces

    async def send(
        self,
        target: Target,
        rendered: Rendered,
        keyboard: Keyboard | None = None,
        *,
        silent: bool = False,
    ) -> MessageId:
        """Longer text than one message holds goes out in several; the id is the last one's."""
        raise NotImplementedError

    async def edit(
        self,
        target: Target,
        message_id: MessageId,
        rendered: Rendered,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> MessageId:
        """Where the text stands now: another id if the message was gone and it was sent anew."""
        raise NotImplementedError

    async def send_html(
        self, target: Target, html: str, keyboard: Keyboard | None = None
    ) -> MessageId:
        raise NotImplementedError

    async def edit_html(
        self,
        target: Target,
        message_id: MessageId,
        html: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> MessageId:
        """Like edit."""
        raise NotImplementedError

    async def edit_keyboard(
        self, target: Target, message_id: MessageId, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Nothing happens if the message is gone."""
        raise NotImplementedError

    async def delete(self, chat_id: ChatId, ids: tuple[MessageId, ...]) -> None:
        """Messages that can't be deleted (gone, older than 48 h) stay; nobody is told."""
        raise NotImplementedError

    async def send_document(
        self, target: Target, filename: str, content: bytes, caption: str = ""
    ) -> MessageId:
        raise NotImplementedError

    async def typing(self, target: Target) -> None:
        raise NotImplementedError

    async def toast(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a callback query, once; it's of no use later."""
        raise NotImplementedError
