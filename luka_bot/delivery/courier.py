"""The only hand that gives anything to Telegram."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    SendChatAction,
)
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup

from luka_bot.delivery.failures import (
    DeliveryError,
    Done,
    MaybeSent,
    MessageGone,
    NotAccepted,
    PersonAway,
    Taken,
    TakenOver,
    TopicGone,
    Unanswered,
)
from luka_bot.delivery.letters import (
    Body,
    Html,
    Keyboard,
    document_call,
    edit_call,
    photo_call,
    send_call,
)
from luka_bot.delivery.outgoing import OutgoingFile
from luka_bot.delivery.pace import Pace, Paces
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.split import split
from luka_bot.delivery.target import Target
from luka_bot.delivery.taxonomy import FOREIGN
from luka_bot.delivery.wire import USUAL, Timeouts, Wire
from luka_bot.delivery.writer import UNKNOWN, Writer, id_of
from luka_bot.metrics import AMBIGUOUS_SENDS
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import ChatId, MessageId

TOAST_LIMIT = 200  # characters

log = structlog.get_logger(__name__)


class Courier:
    """Every method but typing, toast and preview holds on until Telegram has taken it.

    They raise DeliveryError (PersonAway, TopicGone, NotAccepted) when it never will.
    """

    def __init__(self, bot: Bot, paces: Paces, *, timeouts: Timeouts = USUAL) -> None:
        self._paces = paces
        self._timeouts = timeouts
        self._wire = Wire(bot, paces, timeouts)
        self._writer = Writer(self._wire)

    def pace(self, chat_id: ChatId) -> Pace:
        return self._paces.of(chat_id)

    async def send(
        self,
        target: Target,
        rendered: Rendered,
        keyboard: Keyboard | None = None,
    ) -> MessageId:
        """Longer text than one message holds goes out in several; the id is the last one's."""
        if rendered.blank:
            raise NotAccepted("nothing to say")
        parts = (rendered,) if rendered.fits else split(rendered)
        return await self._writer.say_all(target, parts, keyboard)

    async def send_html(
        self, target: Target, html: str, keyboard: Keyboard | None = None
    ) -> MessageId:
        """For our own words only, whatever stands in them already escaped."""
        return await self._writer.say(target, html, keyboard)

    async def edit(
        self,
        target: Target,
        message_id: MessageId,
        rendered: Rendered,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> MessageId:
        """Where the text stands now: another id if the message was gone and it was sent anew."""
        return await self._writer.change(target, message_id, rendered, keyboard)

    async def edit_html(
        self,
        target: Target,
        message_id: MessageId,
        html: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> MessageId:
        """Like edit."""
        return await self._writer.change(target, message_id, html, keyboard)

    async def preview(
        self,
        target: Target,
        message_id: MessageId | None,
        body: Body,
        keyboard: InlineKeyboardMarkup | None,
    ) -> MessageId | None:
        """One try, sent if message_id is None; None if it failed for now, and nothing is lost.

        Raises PersonAway, TopicGone and MessageGone; MaybeSent if a send may have arrived.
        """
        try:
            if message_id is None:
                return await self._first_preview(target, body, keyboard)
            call = edit_call(target, message_id, body, keyboard)
            await self._wire.once(call, target.chat_id)
        except Done as done:
            return id_of(done, message_id or UNKNOWN)
        except (PersonAway, TopicGone, MessageGone, MaybeSent, TakenOver):
            raise
        except StorageAway:
            log.info("delivery.preview_skipped", why="StorageAway")
            return None
        except DeliveryError as failure:
            log.info("delivery.preview_skipped", why=type(failure).__name__)
            return None
        return message_id

    async def _first_preview(
        self, target: Target, body: Body, keyboard: InlineKeyboardMarkup | None
    ) -> MessageId:
        receipt = target.receipt()
        try:
            call = send_call(target, body, keyboard)
            sent = await self._wire.once(call, target.chat_id, receipt)
        except Taken as taken:
            if taken.message_id:
                return taken.message_id
            AMBIGUOUS_SENDS.labels("wire").inc()
            log.warning("delivery.ambiguous_send", method="SendMessage", why="wire")
            await receipt.end()
            raise MaybeSent from taken
        except Unanswered as failure:
            raise MaybeSent from failure
        return MessageId(sent.message_id)

    async def tidy(self, target: Target, message_id: MessageId) -> None:
        """Take the buttons off a message, after the pause that the chat needs; left out while the
        bot is busy, and not tried again."""
        pace = self._paces.of(target.chat_id)
        if not pace.ample():
            return
        await asyncio.sleep(pace.rest())
        call = EditMessageReplyMarkup(chat_id=target.chat_id, message_id=message_id)
        with suppress(DeliveryError):
            await self._wire.once(call, target.chat_id)

    async def withdraw(self, target: Target, ids: tuple[MessageId, ...]) -> bool:
        """Delete messages now; those that can't be (older than 48 h) lose their buttons instead.
        False if it failed for now."""
        return await self._writer.withdraw(target, ids)

    async def erase(self, target: Target, message_id: MessageId, html: Html) -> None:
        """Delete a message; one that can't be (older than 48 h) says this instead, if it's ours."""
        await self._writer.erase(target, message_id, html)

    async def delete(self, chat_id: ChatId, ids: tuple[MessageId, ...]) -> None:
        """Messages that can't be deleted (gone, older than 48 h) stay; nobody is told."""
        await self._writer.delete(chat_id, ids)

    async def send_document(
        self,
        target: Target,
        filename: str,
        content: bytes,
        caption: str = "",
        keyboard: Keyboard | None = None,
    ) -> MessageId:
        """caption is plain text; what is beyond 1024 UTF-16 units is left out."""
        file = BufferedInputFile(content, filename)
        call = document_call(target, file, caption, keyboard)
        return await self._writer.give(target, call, self._timeouts.upload)

    async def send_files(
        self, target: Target, files: Sequence[OutgoingFile], caption: str = ""
    ) -> tuple[MessageId, ...]:
        """One as a document, several as albums of documents; the caption, as send_document's,
        stands under the first. An album that stands already tells its first number only.

        Raises FileTooBig, or NotAccepted for an empty file, before anything is sent.
        """
        return await self._writer.give_all(target, files, caption, self._timeouts.upload)

    async def send_photo(
        self,
        target: Target,
        png: bytes,
        caption_html: Html = "",
        keyboard: Keyboard | None = None,
        filename: str = "stats.png",
    ) -> MessageId:
        """caption_html is for our own words only, whatever stands in them already escaped; beyond
        1024 UTF-16 units of text it loses its styles and its end."""
        file = BufferedInputFile(png, filename)
        call = photo_call(target, file, caption_html, keyboard)
        return await self._writer.give(target, call, self._timeouts.upload)

    async def typing(self, target: Target) -> None:
        """Never fails: if it can't be shown now, it isn't."""
        if self._paces.of(target.chat_id).silence() > 0:
            return
        call = SendChatAction(
            chat_id=target.chat_id, message_thread_id=target.topic_id, action=ChatAction.TYPING
        )
        try:
            await self._wire.ask(call)
        except FOREIGN as error:
            log.info("delivery.typing_skipped", why=type(error).__name__)

    async def toast(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """Answer a callback query, once; it's of no use later."""
        call = AnswerCallbackQuery(
            callback_query_id=query_id, text=text[:TOAST_LIMIT] or None, show_alert=alert or None
        )
        try:
            await self._wire.ask(call)
        except FOREIGN as error:
            log.info("delivery.toast_skipped", why=type(error).__name__)
