"""What is being said and what stands in a chat, so that after a crash nothing is said twice.

A turn's states, and who writes them:
- stored      by opening it
- generating  by the mark of its first send, or by opening it again (retry, or waited in line)
- sending     by storing its answer: from here on only the chat lacks it
- sent        with the last id of its messages, or right after its last edit

Each send is marked before it, and the mark goes when its end is known. Whoever finds the mark of
another run can't know whether that message arrived: it is sent again, since nothing may be lost,
and counted. So a kill between mark and send is counted too, though nothing was doubled.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import structlog

from luka_bot.metrics import AMBIGUOUS_SENDS
from luka_bot.models.errors import StorageAway, TurnTaken
from luka_bot.models.ids import ChatId, JobId, MessageId, TurnId, UpdateId
from luka_bot.models.turn import Turn
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_MARK = Script.load("mark_send", repeatable=True)
_END = Script.load("end_send", repeatable=True)
_SAVE = Script.load("save_shown", repeatable=True)

UNKEPT_LIMIT = 1000  # answers; an outage that more of them begin in may double the oldest
CHECK_AFTER = 5.0  # s; a lease holds for 10, so nobody else can have it sooner
CHECK_SECONDS = 0.5  # an answer that grows doesn't stand still for longer

Unkept = dict[str, tuple[MessageId, ...]]
"""The messages, in order, of each answer (by its key) of which Redis couldn't be told."""

log = structlog.get_logger(__name__)


class Deliveries:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._unkept: Unkept = {}

    def of_turn(self, turn: Turn, chat_id: ChatId) -> "AnswerDelivery":
        """For the run that the turn was opened for."""
        known, thread = keys.turn(turn.turn_id), keys.thread(turn.thread.thread_id)
        writing = Writing(known, turn.run, turn.run.partition(".")[0], chat_id, thread)
        return AnswerDelivery(self._storage, writing, turn.shown, self._unkept)

    def where_it_stands(self, turn: Turn) -> tuple[MessageId, ...]:
        """What Redis knew when the turn was opened, and what a run of this process sent after that
        and couldn't keep: the run may have been dropped with its lease, but its messages stand.

        Where Redis knows otherwise, somebody else went on, and knows better.
        """
        unkept = self._unkept.get(keys.turn(turn.turn_id), ())
        goes_on = unkept[: len(turn.shown)] == turn.shown
        return unkept if goes_on else turn.shown

    async def stands_in(self, turn_id: TurnId, message_id: MessageId) -> bool:
        """Whether this message is one of the turn's answer, as far as anybody knows."""
        ids = await self._storage.read(lambda redis: redis.hget(keys.turn(turn_id), "ids"))
        return message_id in json.loads(ids or "[]")

    def replies_to(self, update_id: UpdateId) -> "Replies":
        """For one run of the update's handler."""
        return Replies(self._storage, keys.replies(update_id))

    def of_job(self, job_id: JobId, what: str) -> "Replies":
        """For one run of telling this of it."""
        return Replies(self._storage, keys.job_said(f"{job_id}:{what}"))


class SendReceipt:
    """Of one message that is about to be sent. owner "" if any process may send it."""

    def __init__(self, storage: Storage, known: str, number: int, run: str, owner: str) -> None:
        self._storage = storage
        self._known = known
        self._number = number
        self._run = run
        self._owner = owner

    async def begin(self) -> MessageId | None:
        """Before each try. The message, if an earlier run has sent it: then there is nothing to do.

        Raises StorageAway, and TurnTaken if another process goes on with the turn: then nothing
        may be sent.
        """
        args: list[str | int] = [self._number, self._run, self._owner]
        match await self._storage.run(_MARK, [self._known], args, replicated=True):
            case ["TAKEN"]:
                raise TurnTaken
            case ["STANDS", message_id]:
                return MessageId(int(message_id))
            case ["OK", "1"]:
                _doubt()
        return None

    async def end(self, message_id: MessageId | None = None) -> None:
        """The message stands; without an id, the try had no effect or its doubt is counted.

        Storage away costs a doubt too many, if we end before it is back.
        """
        try:
            args: list[str | int] = [self._number, self._run]
            args.append(message_id if message_id is not None else "")
            await self._storage.run(_END, [self._known], args, replicated=True)
        except StorageAway:
            log.warning("delivery.end_not_kept")


class Replies:
    """What is said to an update, or of a job: its first message, its second, and so on."""

    def __init__(self, storage: Storage, known: str) -> None:
        self._storage = storage
        self._known = known
        self._run = uuid4().hex
        self._number = 0

    def receipt(self) -> SendReceipt:
        number, self._number = self._number, self._number + 1
        return SendReceipt(self._storage, self._known, number, self._run, owner="")


@dataclass(frozen=True, slots=True)
class Writing:
    """One run of an answer. known: the key that it is kept under. thread: the key of the thread
    whose last message it is, "" for none. owner: who goes on with it, as Redis knows them."""

    known: str
    run: str
    owner: str
    chat_id: ChatId
    thread: str = ""


class AnswerDelivery:
    """The messages of one answer, for one run of it."""

    def __init__(
        self, storage: Storage, writing: Writing, shown: Sequence[MessageId], unkept: Unkept
    ) -> None:
        self._storage = storage
        self._writing = writing
        self._unkept = unkept
        self._messages = len(shown)
        self._ours_at = float("-inf")  # when it was seen to be ours

    def receipt(self) -> SendReceipt:
        writing = self._writing
        return _PageReceipt(
            self._storage, writing.known, self._messages, writing.run, writing.owner
        )

    async def check(self) -> None:
        """Raises TurnTaken: we slept, and another process goes on. Storage away is no reason to
        stop writing."""
        now = asyncio.get_running_loop().time()
        if now - self._ours_at < CHECK_AFTER:
            return
        known = self._writing.known
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                owner = await self._storage.read(lambda redis: redis.hget(known, "owner"))
        except (StorageAway, TimeoutError):
            return
        if owner not in (None, self._writing.owner):
            raise TurnTaken
        self._ours_at = now

    async def wrote(self, message_ids: Sequence[MessageId], *, last: bool) -> None:
        """All of the answer's messages in order, as soon as they change; last: all of it stands.

        The last of them is the thread's last message in this chat, too. Raises StorageAway.
        """
        self._messages = len(message_ids)
        self._remember(message_ids)
        writing = self._writing
        args: list[str | int] = [writing.owner, writing.run, json.dumps(list(message_ids))]
        args += [writing.chat_id, message_ids[-1] if message_ids else "", "1" if last else "0"]
        names = [writing.known, *filter(None, [writing.thread])]
        now = asyncio.get_running_loop().time()
        # lost in a failover, the message would be sent a second time
        reply = await self._storage.run(_SAVE, names, args, replicated=True)
        self._unkept.pop(writing.known, None)
        if reply[0] == "OK":
            self._ours_at = now
        if reply == ["OK", "1"]:
            _doubt()

    def _remember(self, message_ids: Sequence[MessageId]) -> None:
        """Until it is kept, in whatever way this run ends."""
        self._unkept[self._writing.known] = tuple(message_ids)
        if len(self._unkept) > UNKEPT_LIMIT:
            del self._unkept[next(iter(self._unkept))]


class _PageReceipt(SendReceipt):
    async def end(self, message_id: MessageId | None = None) -> None:
        """Where a message of an answer stands is told by wrote, with all the others."""
        if message_id is None:
            await super().end()


def _doubt() -> None:
    AMBIGUOUS_SENDS.labels("restart").inc()
    log.warning("delivery.ambiguous_send", why="restart")
