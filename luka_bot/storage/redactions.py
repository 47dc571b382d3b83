"""A question and its answer, taken out of what is remembered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from luka_bot.models.ids import MessageId, ThreadId, TurnId, UserId
from luka_bot.storage import codec, keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_FIND = Script.load("find_answer", repeatable=True)
_REDACT = Script.load("redact_turn", "thread", "history", repeatable=True)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """shown: the answer's messages, as far as they are known. with_summary: the thread's went."""

    shown: tuple[MessageId, ...]
    with_summary: bool


class Redactions:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def answer_in(self, message_id: MessageId, turn_ids: Sequence[TurnId]) -> TurnId | None:
        """Which of these answers a message belongs to; known for 48 hours."""
        if not turn_ids:
            return None
        names = [keys.turn(turn_id) for turn_id in turn_ids]
        (place,) = await self._storage.run(_FIND, names, [message_id])
        return turn_ids[int(place) - 1] if place else None

    async def take_out(self, owner: UserId, thread_id: ThreadId, turn_id: TurnId) -> TakenOut:
        """Raises ThreadGone, NotYours."""
        mark = json.dumps(turn_id, ensure_ascii=False)
        reply = await self._storage.run(_REDACT, args=[str(owner), thread_id, mark, turn_id])
        shown, with_summary = codec.accepted(reply, thread_id)
        return TakenOut(codec.message_ids(shown), bool(with_summary))
