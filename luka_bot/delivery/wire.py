"""One call to Telegram: paced, sorted, and for a last word repeated until it is taken."""

import asyncio
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.methods import TelegramMethod

from luka_bot.delivery.failures import ChatMoved, Flooded, MaybeSent, Passing, Unanswered
from luka_bot.delivery.pace import Paces
from luka_bot.delivery.taxonomy import FOREIGN, sorted_out
from luka_bot.models.ids import ChatId

T = TypeVar("T")
Call = TelegramMethod[T]

CALL_TIMEOUT = 20  # s for an answer to a small call
UPLOAD_TIMEOUT = 180  # s; 50 MB on a slow line
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # s between tries, doubling
UNTOLD_FLOOD = 1.0  # s; a 429 that doesn't say how long
DOUBTS = 1  # how often a send that may have arrived is sent again

log = structlog.get_logger(__name__)


class Wire:
    """Calls carry chat_id. Speaking calls (sends, edits) count for the chat's pace."""

    def __init__(self, bot: Bot, paces: Paces) -> None:
        self._bot = bot
        self._paces = paces

    async def once(self, call: Call[T], chat_id: ChatId, within: int = CALL_TIMEOUT) -> T:
        """One try, now. Raises what became of it, as a DeliveryError."""
        pace = self._paces.of(chat_id)
        await asyncio.sleep(pace.turn())
        pace.spoken()
        try:
            return await self._bot(call, request_timeout=within)
        except FOREIGN as error:
            failure = sorted_out(error, chat_id)
            if isinstance(failure, Flooded) and failure.seconds is not None:
                pace.hush(failure.seconds)
            raise failure from error

    async def insist(
        self, call: Call[T], chat_id: ChatId, *, repeatable: bool, within: int = CALL_TIMEOUT
    ) -> T:
        """Until Telegram has taken it or never will; retry_after is waited out, however long.

        repeatable: a second copy does no harm (edits, deletions). For sends it would be a second
        message, and the Bot API knows no idempotency key, so this is our policy:
        - not taken for certain (429, connection refused, no address), or refused by Telegram's
          front before it had an effect (5xx, HTML instead of JSON): tried again without end;
        - cut off or timed out after we had spoken: tried again DOUBTS times, counted in the log
          as delivery.ambiguous_send, then MaybeSent. A rare double is better than a lost answer.
        """
        patience = _Patience(call.__api_method__, repeatable=repeatable)
        while True:
            await self._silence(chat_id)
            try:
                return await self.once(call, chat_id, within)
            except ChatMoved as moved:
                chat_id = moved.chat_id
                call = call.model_copy(update={"chat_id": chat_id})
            except Passing as failure:
                await asyncio.sleep(patience.after(failure))

    async def _silence(self, chat_id: ChatId) -> None:
        pace = self._paces.of(chat_id)
        while (left := pace.silence()) > 0:  # noqa: ASYNC110 - it may grow meanwhile
            await asyncio.sleep(left)


class _Patience:
    """How long to wait before the next try of one call."""

    def __init__(self, method: str, *, repeatable: bool) -> None:
        self._method = method
        self._repeatable = repeatable
        self._pause = FIRST_PAUSE
        self._doubts = 0

    def after(self, failure: Passing) -> float:
        """Seconds. Raises MaybeSent when another try would risk one copy too many."""
        log.info("delivery.repeated", method=self._method, why=type(failure).__name__)
        match failure:
            case Flooded(seconds=float() | int()):
                return 0.0  # the chat is silent by now, for exactly as long
            case Flooded():
                self._pause = max(self._pause, UNTOLD_FLOOD)
            case Unanswered() if not self._repeatable:
                self._doubt(failure)
            case _:
                pass
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause

    def _doubt(self, failure: Passing) -> None:
        self._doubts += 1
        log.warning("delivery.ambiguous_send", method=self._method, times=self._doubts)
        if self._doubts > DOUBTS:
            raise MaybeSent from failure
