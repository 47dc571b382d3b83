"""A turn's two round trips: the question goes in before the model is asked, the answer after."""

import json
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import uuid4

from luka_bot.models.conversation_errors import IsConversation
from luka_bot.models.errors import NotLastTurn, TurnGone
from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.models.message import Message, MessageState, Role
from luka_bot.models.turn import Abandoned, Answer, Question, Turn, TurnState
from luka_bot.storage import codec
from luka_bot.storage.client import Reply, Storage
from luka_bot.storage.scripts import MAIN_CHAT, Script
from luka_bot.storage.threads import blank_thread

_OPEN = Script.load("open_turn", "thread", "history", fenced=True)
_REOPEN = Script.load("reopen_turn", "thread", "history", fenced=True)
_ABANDON = Script.load("abandon_turn", "thread", "history", fenced=True)
_COMMIT = Script.load("commit_turn", "thread", "history", repeatable=True)

HISTORY_LIMIT = 100  # messages that come with a turn


class TurnStore:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._owner = uuid4().hex
        self._runs = count(1)

    async def open_turn(self, question: Question, now: float, limit: int = HISTORY_LIMIT) -> Turn:
        """Store the question as pending, once, however often it is opened.

        now: seconds since the epoch. Raises ThreadGone or NotYours if a thread was named,
        and IsConversation where it would be said in one.
        """
        item = codec.dump(_asked(question))
        thread = codec.flat(blank_thread(question.user_id, MAIN_CHAT, now))
        place = [str(question.user_id), question.thread_id or "", *_named(question.turn_id)]
        writer = question.writer or ""
        rest: list[str | int] = [limit, item, codec.iso(now), self._owner, writer, *thread]
        # a failover that lost it would leave an answer to a question that nobody has asked
        reply = await self._storage.run(_OPEN, args=[*place, *rest], replicated=True)
        if reply[0] == "CONVERSATION":
            raise IsConversation(ThreadId(reply[1]))
        return self._opened(question.turn_id, codec.accepted(reply, question.thread_id))

    async def reopen(
        self,
        thread_id: ThreadId,
        user_id: UserId,
        turn_id: TurnId,
        *,
        drop_answer: bool,
        request: str,
    ) -> Turn:
        """The same question again; what answer it has stands until the new one is committed.

        drop_answer False is Retry: a turn that is done comes back as ANSWERED. True is Regenerate:
        NotLastTurn if something was said after it. TurnGone if the question is no longer there.
        A request that was dealt with comes back as ANSWERED, whatever its flag; "" is none.
        """
        flag = "1" if drop_answer else "0"
        args: list[str | int] = [str(user_id), thread_id, *_named(turn_id), HISTORY_LIMIT, flag]
        reply = await self._storage.run(_REOPEN, args=[*args, self._owner, request])
        match reply:
            case ["NO_TURN"]:
                raise TurnGone(turn_id)
            case ["NOT_LAST"]:
                raise NotLastTurn(turn_id)
        return self._opened(turn_id, codec.accepted(reply, thread_id))

    async def commit_turn(self, turn: Turn, answer: Answer) -> bool:
        """False, and nothing changed, if the thread or the question is gone by now.

        A second answer of the same turn replaces the first. Without text only the question's
        state is written; an earlier answer then stays.
        """
        asker = turn.question.sender_id or turn.thread.user_id
        args = [
            str(asker),
            turn.thread.thread_id,
            _named(turn.turn_id)[0],
            answer.state.value,
            codec.dump(_answered(turn, answer)) if answer.text else "",
            codec.iso(answer.answered_at),
            "1" if answer.trimmed else "0",
            turn.turn_id,
            turn.run.partition(".")[0],
        ]
        # lost in a failover, the answer on the screen would turn into another one
        return await self._storage.run(_COMMIT, args=args, replicated=True) == ["OK"]

    async def abandon(self, turn_id: TurnId) -> Abandoned | None:
        """The question is kept as failed; None if no such question waits for its answer."""
        args = [turn_id, _named(turn_id)[0], self._owner]
        match await self._storage.run(_ABANDON, args=args):
            case ["OK", thread_id, shown]:
                return Abandoned(turn_id, ThreadId(thread_id), codec.message_ids(shown))
            case _:
                return None

    def _opened(self, turn_id: TurnId, reply: Reply) -> Turn:
        return replace(_turn(turn_id, reply), run=f"{self._owner}.{next(self._runs)}")


def _named(turn_id: TurnId) -> tuple[str, str]:
    """As it stands in a history item, and as it is."""
    return json.dumps(turn_id, ensure_ascii=False), turn_id


def _asked(question: Question) -> Message:
    return Message(
        role=Role.USER,
        content=question.text,
        id=question.turn_id,
        name=question.sender_name,
        sender_id=question.user_id,
        ts=question.asked_at,
        state=MessageState.PENDING,
        images=question.images,
        reply_to=question.reply_to,
        writer=question.writer,
        message_id=question.message_id,
    )


def _answered(turn: Turn, answer: Answer) -> Message:
    """seq: every question reserves the number after its own, so that seq follows the list."""
    return Message(
        role=Role.ASSISTANT,
        content=answer.text,
        id=turn.turn_id,
        seq=turn.question.seq + 1,
        ts=answer.answered_at,
        state=answer.state,
    )


def _turn(turn_id: TurnId, reply: Reply) -> Turn:
    thread, state, question, answer, shown, flags, before = reply
    return Turn(
        turn_id=turn_id,
        thread=codec.thread(thread),
        question=codec.message(question),
        history=codec.history(before),
        state=TurnState(state),
        answer=codec.message(answer) if answer else None,
        shown=codec.message_ids(shown),
        **_flags(flags),
    )


def _flags(flags: list[str]) -> dict[str, Any]:
    names = ("thread_created", "history_expired", "trimming_told", "delivered", "doubtful")
    return {name: name in flags for name in names}
