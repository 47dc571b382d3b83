"""From an opened turn to its answer in the chat."""

from dataclasses import replace

import structlog
from aiogram.types import CallbackQuery, InlineKeyboardMarkup
from structlog.contextvars import bound_contextvars

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.edit_surface import EditSurface
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.present import Ending, present
from luka_bot.handlers import failures, keyboards
from luka_bot.handlers.asker import Asker, tapped_message
from luka_bot.ingest.handover import Handover
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, Refused
from luka_bot.models.events import Cut
from luka_bot.models.ids import MessageId
from luka_bot.models.turn import Turn
from luka_bot.services.turn_service import TurnService

log = structlog.get_logger(__name__)


class Answering:
    """clock is monotonic; previews False shows an answer only when it is whole."""

    def __init__(
        self,
        courier: Courier,
        turns: TurnService,
        clock: Clock,
        *,
        previews: bool,
    ) -> None:
        self._courier = courier
        self._turns = turns
        self._clock = clock
        self._previews = previews

    async def again(
        self, asker: Asker, turn: Turn, query: CallbackQuery, handover: Handover
    ) -> None:
        """Write the answer anew where it stands: over its messages, or the one that was tapped."""
        await self._courier.toast(query.id)
        tapped = tapped_message(query)
        if not turn.shown and tapped is not None:
            turn = replace(turn, shown=(tapped,))
        handover.take(lambda: self.answer(asker, turn))

    async def answer(self, asker: Asker, turn: Turn) -> None:
        """Ends when the last word stands in the chat, or can't be brought there any more."""
        with bound_contextvars(turn_id=turn.turn_id, thread_id=turn.thread.thread_id):
            started = self._clock()
            try:
                await self._shown(asker, turn)
            except DeliveryError as error:
                log.warning("turn.undelivered", error=type(error).__name__)
            else:
                log.info("turn.ended", seconds=round(self._clock() - started, 3))

    async def _shown(self, asker: Asker, turn: Turn) -> None:
        surface = self._surface(asker, turn)
        try:
            await present(
                self._turns.answer(asker.owner, turn),
                surface,
                self._ending(asker, turn),
                clock=self._clock,
                previews=self._previews,
            )
        except ModelError as error:
            log.warning("turn.failed", error=type(error).__name__)
            keyboard = keyboards.retry(asker.words, turn.thread.thread_id, turn.turn_id)
            await surface.settle("", failures.failure(asker.words, error), keyboard)
        except Refused as error:
            await surface.settle("", failures.refusal(asker.words, error))

    def _surface(self, asker: Asker, turn: Turn) -> EditSurface:
        async def bookmark(ids: tuple[MessageId, ...]) -> None:
            await self._turns.remember_shown(turn, asker.target.chat_id, ids)

        stop = keyboards.stop(asker.words, turn.turn_id)
        return EditSurface(self._courier, asker.target, bookmark, stop, turn.shown)

    def _ending(self, asker: Asker, turn: Turn) -> Ending:
        thread_id, words = turn.thread.thread_id, asker.words
        retry = keyboards.retry(words, thread_id, turn.turn_id)
        again = keyboards.regenerate(words, thread_id, turn.turn_id)

        def keyboard(cut: Cut | None) -> InlineKeyboardMarkup:
            return again if cut is None else retry

        return Ending(lambda event: failures.footnote(words, event), keyboard)
