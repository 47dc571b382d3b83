"""What arrives, in whatever form Telegram takes it: unstyled, in parts, or sent anew."""

from collections.abc import Sequence
from contextlib import suppress

import structlog
from aiogram.methods import (
    DeleteMessage,
    DeleteMessages,
    EditMessageReplyMarkup,
    SendDocument,
    SendMediaGroup,
    SendPhoto,
)
from aiogram.types import InlineKeyboardMarkup

from luka_bot.background import let_end
from luka_bot.delivery.accounts import Receipt
from luka_bot.delivery.failures import (
    DeliveryError,
    Done,
    MessageGone,
    NotAccepted,
    Passing,
    StylesRefused,
    Taken,
    TooLong,
)
from luka_bot.delivery.letters import (
    Body,
    Html,
    Keyboard,
    album_call,
    document_call,
    edit_call,
    send_call,
    unstyled,
)
from luka_bot.delivery.outgoing import OutgoingFile, ReadWhileSent, albums_of
from luka_bot.delivery.rendered import Rendered, utf16_len
from luka_bot.delivery.split import split
from luka_bot.delivery.target import Target
from luka_bot.delivery.wire import LAST_CALL, Wire
from luka_bot.models.ids import ChatId, MessageId

UNKNOWN = MessageId(0)
DELETED_AT_ONCE = 100  # ids; Telegram's limit

log = structlog.get_logger(__name__)


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

    async def withdraw(self, target: Target, ids: tuple[MessageId, ...]) -> bool:
        for one in ids:
            call = DeleteMessage(chat_id=target.chat_id, message_id=one)
            bare = EditMessageReplyMarkup(chat_id=target.chat_id, message_id=one)
            try:
                await self._wire.once(call, target.chat_id)
            except Passing:
                return False
            except NotAccepted as refused:
                log.info("delivery.not_deleted", why=str(refused))
                with suppress(DeliveryError):
                    await self._wire.once(bare, target.chat_id)
            except (Done, MessageGone):
                pass
        return True

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

    async def give_all(
        self, target: Target, files: Sequence[OutgoingFile], caption: str, within: float
    ) -> tuple[MessageId, ...]:
        """As many albums as they need; within as give, for each of them."""
        given: list[MessageId] = []
        for album in albums_of(files):
            several = [ReadWhileSent(file) for file in album]
            if len(several) == 1:
                document = document_call(target, several[0], caption)
                given.append(await self.give(target, document, within))
            else:
                call = album_call(target, several, caption)
                given += await self._give_album(target, call, within)
            caption = ""
        return tuple(given)

    async def delete(self, chat_id: ChatId, ids: tuple[MessageId, ...]) -> None:
        for start in range(0, len(ids), DELETED_AT_ONCE):
            some = list(ids[start : start + DELETED_AT_ONCE])
            call = DeleteMessages(chat_id=chat_id, message_ids=[int(one) for one in some])
            try:
                await self._wire.insist(call, chat_id)
            except (Done, NotAccepted, MessageGone) as failure:
                log.info("delivery.not_deleted", why=str(failure))

    async def _give_album(
        self, target: Target, call: SendMediaGroup, within: float
    ) -> list[MessageId]:
        """Its receipt keeps the first number."""
        receipt = target.receipt()
        try:
            sent = await self._wire.insist(call, target.chat_id, receipt, within)
            numbers = [MessageId(one.message_id) for one in sent]
        except Done as done:
            numbers = [id_of(done, UNKNOWN)]
        await let_end(receipt.end(numbers[0]), LAST_CALL)
        return numbers

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
