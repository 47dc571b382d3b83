"""A turn: one question and its answer."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import MessageId, ThreadId, TurnId, UserId
from luka_bot.models.message import Message, MessageState
from luka_bot.models.thread import Thread


@dataclass(frozen=True, slots=True)
class Question:
    """thread_id None means the person's active thread, made if there is none.

    asked_at is seconds since the epoch.
    """

    turn_id: TurnId
    user_id: UserId
    text: str
    asked_at: float
    sender_name: str = ""
    thread_id: ThreadId | None = None
    images: tuple[str, ...] = ()
    reply_to: str = ""


class TurnState(StrEnum):
    NEW = "new"
    RESUMED = "resumed"  # the question was stored by an earlier run; it has no answer yet
    ANSWERED = "answered"  # the answer was stored by an earlier run; it may not have been shown


@dataclass(frozen=True, slots=True)
class Turn:
    """An opened turn. history is what stands before the question, oldest first.

    answer is what an earlier run stored: all there is to tell when state is ANSWERED, and what
    stands until there is a new one when the turn was reopened. shown are the messages that an
    earlier run of this turn wrote to, in order. history_expired is true once, for the turn that
    found it so. thread_created: this question made the thread.
    """

    turn_id: TurnId
    thread: Thread
    question: Message
    history: tuple[Message, ...] = ()
    state: TurnState = TurnState.NEW
    answer: Message | None = None
    shown: tuple[MessageId, ...] = ()
    thread_created: bool = False
    history_expired: bool = False
    trimming_told: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How a turn ended. state is DONE, STOPPED (text is what there was) or FAILED (text may be
    empty: then only the question's state is written). trimmed: older messages didn't fit."""

    text: str
    state: MessageState
    answered_at: float
    trimmed: bool = False
