"""From an opened turn to its answer in the chat."""

from dataclasses import replace
from html import escape

import structlog
from aiogram.types import CallbackQuery, InlineKeyboardMarkup
from structlog.contextvars import bound_contextvars

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.edit_surface import EditSurface
from luka_bot.delivery.failures import DeliveryError, TakenOver
from luka_bot.delivery.pages import Pages
from luka_bot.delivery.present import Around, Presented, present
from luka_bot.handlers import keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.ingest.handover import Handover, Told
from luka_bot.locales.failures import failure, footnote, refusal
from luka_bot.locales.places import place
from luka_bot.metrics import ANSWER_SECONDS, TIME_TO_FIRST_TEXT, TURNS
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, Refused, TurnTaken
from luka_bot.models.events import Cut
from luka_bot.models.message import MessageState, Role
from luka_bot.models.turn import Turn
from luka_bot.services.turn_service import TurnService

log = structlog.get_logger(__name__)


class Answering:
    """clock is monotonic; previews False shows an answer only when it is whole."""

    def __init__(
        self,
        courier: Courier,
        turns: TurnService,
        background: Background,
        clock: Clock,
        *,
        previews: bool,
    ) -> None:
        self._courier = courier
        self._turns = turns
        self._background = background
        self._clock = clock
        self._previews = previews

    async def again(
        self, asker: Asker, turn: Turn, query: CallbackQuery, handover: Handover
    ) -> None:
        """Write the answer anew where it stands: over its messages, or the one that was tapped."""
        await self._courier.toast(query.id)
        if not turn.shown and len(Pages().final(_earlier(turn))) <= 1:
            turn = replace(turn, shown=(asker.message_id,))
        elif not turn.shown:  # of several messages only this one is known: the new ones stand below
            self._background.spawn(
                "take back button", self._courier.tidy(asker.target, asker.message_id)
            )
        handover.take(lambda: self.answer(asker, turn))

    async def answer(self, asker: Asker, turn: Turn) -> None:
        """Ends when the last word stands in the chat, or can't be brought there any more.

        Where other answers of the same person are being written, it says what it replies to.
        """
        if turn.delivered:
            log.info("turn.stands_already", turn_id=turn.turn_id)
            return
        if self._turns.is_answering(asker.owner):
            asker = replace(asker, target=asker.replying)
        with bound_contextvars(turn_id=turn.turn_id, thread_id=turn.thread.thread_id):
            started = self._clock()
            try:
                async with self._turns.in_line(asker.owner, turn) as ready:
                    await self._delivered(asker, ready, started)
                    self._take_back_button(asker, ready)
            except Refused as error:
                TURNS.labels("refused").inc()
                sentence = escape(refusal(asker.words, error), quote=False)
                await self._courier.send_html(asker.replying, sentence)
            log.info("turn.ended", seconds=round(self._clock() - started, 3))

    async def _delivered(self, asker: Asker, turn: Turn, started: float) -> None:
        surface = self._surface(asker, turn)
        if turn.shown or turn.doubtful:
            log.info("turn.goes_on", messages=len(turn.shown), doubtful=turn.doubtful)
        try:
            await self._shown(asker, turn, surface, started)
        except TakenOver as error:
            log.warning("turn.taken_over")
            raise TurnTaken from error
        except DeliveryError as error:
            log.warning("turn.undelivered", error=type(error).__name__)
            TURNS.labels("undelivered").inc()
            await self._turns.give_up(turn)
        except Exception as error:
            TURNS.labels("failed").inc()
            retry = keyboards.retry(asker.words, turn.thread.thread_id, turn.turn_id)
            await surface.settle(self._turns.said(turn), asker.words("broke"), retry)
            await self._turns.give_up(turn)
            raise Told from error

    async def _shown(self, asker: Asker, turn: Turn, surface: EditSurface, started: float) -> None:
        try:
            shown = await present(
                self._turns.answer(turn),
                surface,
                self._around(asker, turn),
                clock=self._clock,
                previews=self._previews,
            )
            log.info(
                "turn.shown",
                messages=len(shown.message_ids),
                tokens=shown.usage.answer_tokens,
                cut=shown.cut is not None,
            )
            _count(shown, started, self._clock())
        except ModelError as error:
            log.warning("turn.failed", error=type(error).__name__)
            retry = keyboards.retry(asker.words, turn.thread.thread_id, turn.turn_id)
            await surface.settle(_earlier(turn), failure(asker.words, error), retry)
            TURNS.labels("failed").inc()

    def _take_back_button(self, asker: Asker, turn: Turn) -> None:
        """Only the last answer can be written anew, so the one before loses its button. One that
        broke off or was stopped keeps Retry.

        Not in groups: there Telegram allows 20 messages and edits a minute in all.
        """
        before, message_id = turn.history[-1:], turn.thread.last_message_id
        answered = bool(before) and before[0].role is Role.ASSISTANT
        whole = answered and before[0].state is MessageState.DONE
        if whole and message_id and message_id not in turn.shown and not asker.target.is_group:
            self._background.spawn("take back button", self._courier.tidy(asker.target, message_id))

    def _surface(self, asker: Asker, turn: Turn) -> EditSurface:
        delivery = self._turns.delivery(turn, asker.target.chat_id)
        stop = keyboards.stop(asker.words, turn.turn_id)
        return EditSurface(self._courier, asker.target, delivery, stop, turn.shown)

    def _around(self, asker: Asker, turn: Turn) -> Around:
        thread_id, words = turn.thread.thread_id, asker.words
        retry = keyboards.retry(words, thread_id, turn.turn_id)
        again = keyboards.regenerate(words, thread_id, turn.turn_id)

        def keyboard(cut: Cut | None) -> InlineKeyboardMarkup | None:
            if not self._turns.is_kept(turn):
                return None
            return again if cut is None else retry

        return Around(
            lambda event: place(words, event),
            lambda event: footnote(words, event),
            keyboard,
            _earlier(turn),
            words("answer.thinking") if asker.thinking else "",
        )


def _count(shown: Presented, started: float, ended: float) -> None:
    match shown.cut:
        case None:
            TURNS.labels("done").inc()
        case Cut(error=None):
            TURNS.labels("stopped").inc()
        case Cut():
            TURNS.labels("failed").inc()
    ANSWER_SECONDS.observe(ended - started)
    if shown.text.strip():
        TIME_TO_FIRST_TEXT.observe(shown.first_shown_at - started)


def _earlier(turn: Turn) -> str:
    """The answer that stands until there is a new one."""
    return "" if turn.answer is None else turn.answer.content
