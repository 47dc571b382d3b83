"""One call to Telegram: paced, sorted, and for a last word repeated until it is taken."""

import asyncio
from dataclasses import dataclass
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.methods import (
    SendChatAction,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiohttp import ClientTimeout

from luka_bot.background import let_end
from luka_bot.delivery.accounts import Receipt
from luka_bot.delivery.failures import (
    ChatMoved,
    DeliveryError,
    Done,
    Flooded,
    Passing,
    Taken,
    TakenOver,
    Unanswered,
    Unreached,
)
from luka_bot.delivery.pace import Paces
from luka_bot.delivery.tally import tallied
from luka_bot.delivery.taxonomy import FOREIGN, sorted_out
from luka_bot.metrics import AMBIGUOUS_SENDS, FLOOD_WAIT_SECONDS, FLOOD_WAITS
from luka_bot.models.errors import TurnTaken
from luka_bot.models.ids import ChatId

T = TypeVar("T")
Call = TelegramMethod[T]

LAST_CALL = 3.0  # s for a call in flight when we have to leave
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # s between tries, doubling
LONGEST_DOUBT = 600.0  # s between copies of a send that Telegram takes but never confirms
UNTOLD_FLOOD = 1.0  # s; a 429 that doesn't say how long

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. connect is counted apart: who was never connected has certainly said nothing."""

    call: float = 20.0
    upload: float = 180.0  # 50 MB on a slow line
    connect: float = 8.0


USUAL = Timeouts()


class Wire:
    """Calls carry chat_id. Speaking calls (sends, edits) count for the chat's pace."""

    def __init__(self, bot: Bot, paces: Paces, timeouts: Timeouts) -> None:
        self._bot = bot
        self._paces = paces
        self._timeouts = timeouts

    async def ask(self, call: Call[T], within: float | None = None) -> T:
        """One try, at once, for what is of no use later. Raises FOREIGN; within is in seconds."""
        limit = ClientTimeout(total=within or self._timeouts.call, connect=self._timeouts.connect)
        with tallied(call.__api_method__):
            return await self._bot(call, request_timeout=limit)  # type: ignore[arg-type]  # aiohttp's

    async def once(self, call: Call[T], chat_id: ChatId, receipt: Receipt | None = None) -> T:
        """One try, now. Raises what became of it, as a DeliveryError; receipt as insist."""
        await self._turn(chat_id, call)
        return await self._tried(call, chat_id, receipt)

    async def insist(
        self,
        call: Call[T],
        chat_id: ChatId,
        receipt: Receipt | None = None,
        within: float | None = None,
    ) -> T:
        """Until Telegram has taken it or never will; retry_after is waited out, however long.

        receipt: of a send; None where a second copy does no harm (edits, deletions). A second copy
        of a send would be a second message, and the Bot API knows no idempotency key, so this is
        our policy:
        - not taken for certain (429, never connected), or refused by Telegram's front before it
          had an effect (5xx, HTML instead of JSON): tried again without end;
        - cut off or timed out after we had spoken: counted as delivery.ambiguous_send, and sent
          again once Telegram answers something harmless in this chat. So an outage costs one copy
          too many at most, and never the message. If the copy stays without an answer as well,
          that is another doubt, counted as well: the pause before each doubles.
        - our own process killed meanwhile: whoever goes on finds the receipt begun and not ended.

        A send in flight when we are cancelled gets LAST_CALL to end, as it can't be unsent.
        Raises StorageAway where the receipt can't be begun; TakenOver where it never will.
        """
        patience = _Patience(call.__api_method__)
        while True:
            await self._silence(chat_id)
            await self._turn(chat_id, call)
            tried = self._tried(call, chat_id, receipt, within)
            try:
                return await (tried if receipt is None else let_end(tried, LAST_CALL))
            except ChatMoved as moved:
                chat_id = moved.chat_id
                call = call.model_copy(update={"chat_id": chat_id})
            except Passing as failure:
                if receipt is None or not isinstance(failure, Unanswered):
                    await asyncio.sleep(patience.after(failure))
                    continue
                await asyncio.sleep(patience.doubtful())
                await self._answering(call, chat_id)

    async def _turn(self, chat_id: ChatId, call: Call[T]) -> None:
        """Each file of an album is a message."""
        pace = self._paces.of(chat_id)
        messages = len(call.media) if isinstance(call, SendMediaGroup) else 1
        await asyncio.sleep(max(pace.turn() for _ in range(messages)))
        pace.spoken()

    async def _tried(
        self,
        call: Call[T],
        chat_id: ChatId,
        receipt: Receipt | None = None,
        within: float | None = None,
    ) -> T:
        if receipt is not None:
            await _begin(receipt)
        try:
            return await self.ask(call, within)
        except FOREIGN as error:
            failure = sorted_out(error, chat_id)
            if isinstance(failure, Flooded) and failure.seconds is not None:
                self._paces.of(chat_id).hush(failure.seconds)
                FLOOD_WAITS.inc()
                FLOOD_WAIT_SECONDS.inc(failure.seconds)
            if receipt is not None:
                await _end(receipt, call.__api_method__, failure)
            raise failure from error

    async def _answering(self, call: Call[T], chat_id: ChatId) -> None:
        """Until Telegram answers in this chat; a refusal is an answer too."""
        topic = None
        if isinstance(call, SendMessage | SendDocument | SendPhoto | SendMediaGroup):
            topic = call.message_thread_id
        typing = SendChatAction(chat_id=chat_id, message_thread_id=topic, action=ChatAction.TYPING)
        patience = _Patience(typing.__api_method__)
        while True:
            try:
                await self.once(typing, chat_id)
            except (Unanswered, Unreached) as failure:
                await asyncio.sleep(patience.after(failure))
            except DeliveryError:
                return
            else:
                return

    async def _silence(self, chat_id: ChatId) -> None:
        pace = self._paces.of(chat_id)
        while (left := pace.silence()) > 0:  # noqa: ASYNC110 - it may grow meanwhile
            await asyncio.sleep(left)


async def _begin(receipt: Receipt) -> None:
    try:
        known = await receipt.begin()
    except TurnTaken as error:
        raise TakenOver from error
    if known is not None:
        raise Taken(known)


async def _end(receipt: Receipt, method: str, failure: DeliveryError) -> None:
    """Of a try that failed; counted before the receipt forgets it."""
    if isinstance(failure, Unanswered):
        AMBIGUOUS_SENDS.labels("wire").inc()
        log.warning("delivery.ambiguous_send", method=method, why="wire")
    if not isinstance(failure, Done):
        await receipt.end()


class _Patience:
    """How long to wait before the next try of one call."""

    def __init__(self, method: str) -> None:
        self._method = method
        self._pause = FIRST_PAUSE
        self._doubts = 0

    def after(self, failure: Passing) -> float:
        """Seconds."""
        log.info("delivery.repeated", method=self._method, why=type(failure).__name__)
        match failure:
            case Flooded(seconds=float() | int()):
                return 0.0  # the chat is silent by now, for exactly as long
            case Flooded():
                self._pause = max(self._pause, UNTOLD_FLOOD)
            case _:
                pass
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def doubtful(self) -> float:
        """Seconds, for a send that may have arrived."""
        self._doubts += 1
        return min(FIRST_PAUSE * 2.0 ** (self._doubts - 1), LONGEST_DOUBT)
