"""A turn from question to stored answer: in order within a thread, side by side between threads."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace

import structlog

from luka_bot.models.errors import AnswerCut, BeingWritten, NotYours, TooManyWaiting
from luka_bot.models.events import (
    Cut,
    Delta,
    Finished,
    Notice,
    NoticeKind,
    TurnEvent,
)
from luka_bot.models.ids import ChatId, MessageId, ThreadId, TurnId, UserId
from luka_bot.models.message import MessageState
from luka_bot.models.turn import Question, Turn, TurnState
from luka_bot.patience import insist
from luka_bot.services.answers import Answers
from luka_bot.services.generation import refusals_counted
from luka_bot.services.running_turns import RunningTurns, ThreadLines
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.writing import Writing
from luka_bot.storage.deliveries import AnswerDelivery, Deliveries

log = structlog.get_logger(__name__)

WAITING_LIMIT = 50  # questions of one person; a thread answers one at a time
STOP_SECONDS = 5.0  # for a stopped answer to be stored


class TurnService:
    def __init__(
        self,
        threads: ThreadService,
        answers: Answers,
        deliveries: Deliveries,
    ) -> None:
        self._threads = threads
        self._deliveries = deliveries
        self._lines = ThreadLines()
        self._running = RunningTurns()
        self._answers = answers

    async def open(self, question: Question) -> Turn:
        """Store the question and fix its thread. Raises Refused or StorageAway."""
        with refusals_counted():
            if len(self._running.mine(question.user_id)) >= WAITING_LIMIT:
                raise TooManyWaiting(WAITING_LIMIT)
            await self._answers.store_first(question.turn_id)
            turn = self._where_it_stands(await self._threads.open_turn(question))
        if self._lines.busy(turn.thread.thread_id):
            return replace(turn, history=(), stale=True)  # it is read again when its turn has come
        return turn

    async def retry(
        self, user_id: UserId, thread_id: ThreadId, turn_id: TurnId, request: str = ""
    ) -> Turn:
        """Ask a question again that failed or was stopped. Raises Refused, such as TurnGone.

        request: who asks; a second run of it finds what the first one did.
        """
        return await self._again(user_id, thread_id, turn_id, drop_answer=False, request=request)

    async def regenerate(
        self, user_id: UserId, thread_id: ThreadId, turn_id: TurnId, request: str = ""
    ) -> Turn:
        """A new answer to the last question; the old one stays until the new one is stored.

        request: as retry.
        """
        return await self._again(user_id, thread_id, turn_id, drop_answer=True, request=request)

    def stop(self, user_id: UserId, turn_id: TurnId) -> bool:
        """End this person's answer where it is; False if it isn't being written any more.

        Raises NotYours for somebody else's."""
        stopped = self._running.stop(user_id, turn_id)
        others = self._running.of(turn_id)
        if others and not stopped:
            raise NotYours(others[0].turn.thread.thread_id)
        return stopped

    async def is_orphan(self, turn_id: TurnId, message_id: MessageId) -> bool:
        """Whether a message bears the turn's button and nobody knows of it: a send of a process
        that died. Raises StorageAway."""
        return not await self._deliveries.stands_in(turn_id, message_id)

    def stop_all(self, user_id: UserId) -> int:
        """End all answers that this person is being written or waits for; returns how many."""
        writings = self._running.mine(user_id)
        for writing in writings:
            writing.stop()
        return len(writings)

    async def stop_thread(self, user_id: UserId, thread_id: ThreadId) -> None:
        """End the answers of one thread and wait, for some seconds, until they are stored: what
        happens to the thread next finds all that was said."""
        for writing in self._running.mine(user_id):
            if writing.turn.thread.thread_id == thread_id:
                writing.stop()
        await self._settled({thread_id})

    async def stop_turn(self, user_id: UserId, thread_id: ThreadId, turn_id: TurnId) -> None:
        """As stop_thread, of one answer."""
        if self._running.stop(user_id, turn_id):
            await self._settled({thread_id})

    async def stop_person(self, user_id: UserId) -> None:
        """As stop_thread, of all that this person asked, in groups too."""
        writings = self._running.asked_by(user_id)
        for writing in writings:
            writing.stop()
        await self._settled({writing.turn.thread.thread_id for writing in writings})

    async def _settled(self, threads: Collection[ThreadId]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                for thread_id in threads:
                    async with self._lines.place(thread_id):
                        pass

    def is_answering(self, user_id: UserId) -> bool:
        """Whether an answer of this person is being written, or waited for, right now."""
        return bool(self._running.mine(user_id))

    def said(self, turn: Turn) -> str:
        """What there is of an answer that is in_line."""
        return self._writing(turn).text

    def is_kept(self, turn: Turn) -> bool:
        """False if the answer, in_line still, found its question or its thread gone."""
        return self._writing(turn).kept

    async def give_up(self, turn: Turn) -> None:
        """Nobody can be shown the answer: the question waits for it no longer."""
        await self._answers.give_up(Writing(turn))

    def delivery(self, turn: Turn, chat_id: ChatId) -> AnswerDelivery:
        """Keeps where the answer stands, so that another run of the turn goes on there."""
        return self._deliveries.of_turn(turn, chat_id)

    @asynccontextmanager
    async def in_line(self, user_id: UserId, turn: Turn) -> AsyncIterator[Turn]:
        """Waits until it is this turn's turn in its thread, and gives it with what was said
        meanwhile. Raises Refused if it is gone by then. Leave it when the answer is delivered, so
        that answers of a thread never overtake each other."""
        writing = Writing(turn)
        with self._running.hold(user_id, writing):
            async with self._lines.place(turn.thread.thread_id) as waited:
                if (waited or turn.stale) and turn.state is not TurnState.ANSWERED:
                    writing.turn = await self._refreshed(user_id, turn)
                yield writing.turn

    async def answer(self, turn: Turn) -> AsyncGenerator[TurnEvent, None]:
        """The answer as it grows, for a turn in_line; stored before its Finished or Cut is told.

        Raises a ModelError when there was nothing to show: the question is kept as failed. Closing
        the stream early leaves the question pending, for the next run of the same turn.
        """
        writing = self._writing(turn)
        if turn.state is TurnState.ANSWERED and turn.answer is not None:
            writing.ended = True
            for event in _told_again(turn.answer.content, turn.answer.state):
                yield event
            return
        if turn.history_expired:
            yield Notice(NoticeKind.HISTORY_EXPIRED)
        async with aclosing(self._answers.write(writing)) as events:
            async for event in events:
                yield event

    def _writing(self, turn: Turn) -> Writing:
        """The one that has its place in_line."""
        return next(iter(self._running.of(turn.turn_id)), Writing(turn))

    async def _again(
        self,
        user_id: UserId,
        thread_id: ThreadId,
        turn_id: TurnId,
        *,
        drop_answer: bool,
        request: str,
    ) -> Turn:
        with refusals_counted():
            if self._running.writes(turn_id):
                raise BeingWritten
            await self._answers.store_first(turn_id)
            turn = await self._threads.reopen_turn(
                user_id, thread_id, turn_id, drop_answer=drop_answer, request=request
            )
            return self._where_it_stands(turn)

    def _where_it_stands(self, turn: Turn) -> Turn:
        return replace(turn, shown=self._deliveries.where_it_stands(turn))

    async def _refreshed(self, user_id: UserId, turn: Turn) -> Turn:
        """The same turn after the one before it: with that one's answer in its history.

        Waits here while Redis is away: whoever left the line would be answered after the others.
        """
        fresh = await insist(
            lambda: self._threads.reopen_turn(
                user_id, turn.thread.thread_id, turn.turn_id, drop_answer=False
            )
        )
        return replace(fresh, shown=self._deliveries.where_it_stands(fresh) or turn.shown)


def _told_again(text: str, state: MessageState) -> tuple[TurnEvent, ...]:
    """An answer that an earlier run stored, perhaps without having shown it."""
    endings: dict[MessageState, TurnEvent] = {
        MessageState.STOPPED: Cut(),
        MessageState.FAILED: Cut(AnswerCut()),
    }
    ending = endings.get(state, Finished())
    return (Delta(text), ending) if text else (ending,)
