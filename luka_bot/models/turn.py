"""A turn: one question and its answer."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import MessageId, ThreadId, TurnId, UserId
from luka_bot.models.message import Message, MessageState
from luka_bot.models.thread import Thread


@dataclass(frozen=True, slots=True)
class Question:
    """thread_id None means the person's active thread, made if there is none.

    asked_at is seconds since the epoch. writer: who wrote it, where the threads are a group's;
    message_id: as what it stands in their chat.
    """

    turn_id: TurnId
    user_id: UserId
    text: str
    asked_at: float
    sender_name: str = ""
    thread_id: ThreadId | None = None
    images: tuple[str, ...] = ()
    reply_to: str = ""
    writer: UserId | None = None
    message_id: MessageId | None = None


class TurnState(StrEnum):
    NEW = "new"
    RESUMED = "resumed"  # the question was stored by an earlier run; it has no answer yet
    ANSWERED = "answered"  # the answer was stored by an earlier run; it may not have been shown


@dataclass(frozen=True, slots=True)
class Turn:
    """An opened turn. history is what stands before the question, oldest first.

    answer is what an earlier run stored: all there is to tell when state is ANSWERED, and what
    stands until there is a new one when the turn was reopened. history_expired is true once, for
    the turn that found it so. thread_created: this question made the thread.

    What an earlier run left: shown are the messages that it wrote to, in order; delivered means
    that its last word stands there, and nothing is left to do; doubtful, that it ended with a send
    on its way, so that one more message may stand in the chat which nobody knows.
    """

    turn_id: TurnId
    thread: Thread
    question: Message
    history: tuple[Message, ...] = ()
    stale: bool = False  # its thread was busy when it was opened: more is being said before it
    state: TurnState = TurnState.NEW
    answer: Message | None = None
    shown: tuple[MessageId, ...] = ()
    delivered: bool = False
    doubtful: bool = False
    run: str = ""  # of this process, and of this time that it was opened
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


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A turn that was given up. shown: the messages that its answer wrote to, in order."""

    turn_id: TurnId
    thread_id: ThreadId
    shown: tuple[MessageId, ...]
