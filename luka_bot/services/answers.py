"""An answer from the model's first word to the stored last one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import structlog

from luka_bot.background import Background
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, StorageAway
from luka_bot.models.events import Cut, Finished, Notice, NoticeKind, TurnEvent
from luka_bot.models.ids import TurnId
from luka_bot.models.message import MessageState
from luka_bot.models.turn import Answer, Turn
from luka_bot.services.model_work import ModelWork
from luka_bot.services.spare_time import SpareTime
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.writing import Writing

log = structlog.get_logger(__name__)

TRIMMED = Notice(NoticeKind.HISTORY_TRIMMED)
COMMIT_RETRY = 0.5  # s between two tries to store an answer while Redis is away


class Answers:
    def __init__(
        self,
        threads: ThreadService,
        work: ModelWork,
        background: Background,
        now: Clock,
    ) -> None:
        self._threads = threads
        self._work = work
        self._background = background
        self._now = now
        self._spare_time = SpareTime(background)
        self._unstored: dict[TurnId, tuple[Writing, Answer]] = {}

    async def write(self, writing: Writing) -> AsyncGenerator[TurnEvent, None]:
        """As TurnService.answer."""
        with self._spare_time.given_up():
            async with aclosing(self._written(writing)) as events:
                async for event in events:
                    yield event

    async def store_first(self, turn_id: TurnId) -> None:
        """Before a turn is opened again: an answer of ours that couldn't be stored yet is, so that
        it isn't written another time. Raises StorageAway."""
        if turn_id in self._unstored:
            await self._store(*self._unstored[turn_id])
            self._unstored.pop(turn_id, None)

    async def give_up(self, writing: Writing) -> None:
        failed = Answer("", MessageState.FAILED, self._now())
        if not await self._stored(writing, failed):
            self._store_later(writing, failed)

    async def _written(self, writing: Writing) -> AsyncGenerator[TurnEvent, None]:
        turn = writing.turn
        try:
            async with aclosing(writing.events(self._work.answer(turn, writing.stop))) as events:
                async for event in events:
                    if isinstance(event, Finished | Cut):
                        async with aclosing(self._ended(writing, event)) as endings:
                            async for ending in endings:
                                yield ending
                    elif event != TRIMMED or not turn.trimming_told:
                        yield event
        except ModelError:
            await self.give_up(writing)
            raise

    async def _ended(
        self, writing: Writing, ending: Finished | Cut
    ) -> AsyncGenerator[TurnEvent, None]:
        """While Redis is away nobody waits for the last word, but the thread's next turn does."""
        turn = writing.turn
        answer = Answer(writing.text, _state_of(ending), self._now(), trimmed=writing.trimmed)
        stored = await self._stored(writing, answer)
        later = None if stored else self._store_later(writing, answer)
        yield ending
        if later is not None:
            await asyncio.wait({later})
        if writing.trimmed:
            self._spare_time.offer(turn.thread.thread_id, lambda: self._fold(turn))

    async def _stored(self, writing: Writing, answer: Answer) -> bool:
        try:
            await self._store(writing, answer)
        except StorageAway:
            return False
        return True

    async def _store(self, writing: Writing, answer: Answer) -> None:
        writing.kept = await self._threads.commit_turn(writing.turn, answer)
        log.info("turn.stored", state=answer.state.value, kept=writing.kept)

    def _store_later(self, writing: Writing, answer: Answer) -> asyncio.Task[None]:
        """Beside whoever waits for it: a lost place in the inbox ends them, and not the answer."""
        self._unstored[writing.turn.turn_id] = (writing, answer)
        return self._background.spawn("store answer", self._keep_storing(writing.turn.turn_id))

    async def _keep_storing(self, turn_id: TurnId) -> None:
        while turn_id in self._unstored:
            await asyncio.sleep(COMMIT_RETRY)
            with suppress(StorageAway):
                await self.store_first(turn_id)

    async def _fold(self, turn: Turn) -> None:
        summary = await self._work.fold(turn)
        if summary is None:
            return
        try:
            await self._threads.set_summary(turn.thread.thread_id, summary.text, summary.upto)
        except StorageAway:
            log.info("summary.not_stored")  # a later turn makes another


def _state_of(ending: Finished | Cut) -> MessageState:
    match ending:
        case Finished():
            return MessageState.DONE
        case Cut(error=None):
            return MessageState.STOPPED
        case Cut():
            return MessageState.FAILED
