"""What arrives, in whatever form Telegram takes it: unstyled, in parts, or sent anew."""

from contextlib import suppress

from aiogram.methods import DeleteMessage, SendDocument, SendPhoto
from aiogram.types import InlineKeyboardMarkup

from luka_bot.background import let_end
from luka_bot.delivery.accounts import Receipt
from luka_bot.delivery.failures import (
    Done,
    MessageGone,
    NotAccepted,
    StylesRefused,
    Taken,
    TooLong,
)
from luka_bot.delivery.letters import Body, Html, Keyboard, edit_call, send_call, unstyled
from luka_bot.delivery.rendered import Rendered, utf16_len
from luka_bot.delivery.split import split
from luka_bot.delivery.target import Target
from luka_bot.delivery.wire import LAST_CALL, Wire
from luka_bot.models.ids import MessageId

UNKNOWN = MessageId(0)


class Writer:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def say(self, target: Target, body: Body, keyboard: Keyboard | None) -> MessageId:
        return await self._said(target, body, keyboard, target.receipt())

    async def say_all(
        self,
        target: Target,
        parts: tuple[Rendered, ...],
        keyboard: Keyboard | None,
    ) -> MessageId:
        *first, last = parts
        for part in first:
            await self.say(target, part, None)
            target = target.without_reply()
        return await self.say(target, last, keyboard)

    async def change(
        self,
        target: Target,
        message_id: MessageId,
        body: Body,
        keyboard: InlineKeyboardMarkup | None,
    ) -> MessageId:
        call = edit_call(target, message_id, body, keyboard)
        try:
            await self._wire.insist(call, target.chat_id)
        except Done:
            return message_id
        except StylesRefused as refused:
            return await self.change(target, message_id, _bare(body, refused), keyboard)
        except MessageGone:
            return await self.say(target, body, keyboard)
        except TooLong as refused:
            first, *rest = _halves(body, refused)
            await self.change(target, message_id, first, None)
            return await self.say_all(target.without_reply(), tuple(rest), keyboard)
        return message_id

    async def erase(self, target: Target, message_id: MessageId, html: Html) -> None:
        call = DeleteMessage(chat_id=target.chat_id, message_id=message_id)
        try:
            await self._wire.insist(call, target.chat_id)
        except NotAccepted:
            instead = edit_call(target, message_id, html, None)
            with suppress(Done, MessageGone, NotAccepted):
                await self._wire.insist(instead, target.chat_id)
        except (Done, MessageGone):
            pass

    async def give(
        self, target: Target, call: SendDocument | SendPhoto, within: float
    ) -> MessageId:
        """A file; within is in seconds, for one try."""
        receipt = target.receipt()
        try:
            sent = await self._wire.insist(call, target.chat_id, receipt, within)
            message_id = MessageId(sent.message_id)
        except Done as done:
            message_id = id_of(done, UNKNOWN)
        await let_end(receipt.end(message_id), LAST_CALL)
        return message_id

    async def _said(
        self, target: Target, body: Body, keyboard: Keyboard | None, receipt: Receipt
    ) -> MessageId:
        call = send_call(target, body, keyboard)
        try:
            message_id = MessageId(
                (await self._wire.insist(call, target.chat_id, receipt)).message_id
            )
        except Done as done:
            message_id = id_of(done, UNKNOWN)
        except StylesRefused as refused:
            return await self._said(target, _bare(body, refused), keyboard, receipt)
        except TooLong as refused:
            return await self.say_all(target, _halves(body, refused), keyboard)
        await let_end(receipt.end(message_id), LAST_CALL)
        return message_id


def id_of(done: Done, known: MessageId) -> MessageId:
    return done.message_id or known if isinstance(done, Taken) else known


def _bare(body: Body, refused: StylesRefused) -> Rendered:
    """Raises refused itself if there is no style left to take away."""
    if isinstance(body, Rendered) and not body.entities:
        raise refused
    return unstyled(body)


def _halves(body: Body, refused: TooLong) -> tuple[Rendered, ...]:
    """Two or three parts. Raises refused itself if the text can't be cut."""
    whole = body if isinstance(body, Rendered) else unstyled(body)
    parts = split(whole, utf16_len(whole.text) // 2 + 1)
    if len(parts) < 2:
        raise refused
    return parts
