"""What a conversation brings to Telegram, so that after a crash nothing is said twice."""

import json
from dataclasses import dataclass
from uuid import uuid4

from luka_bot.models.ids import ChatId, MessageId, ThreadId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.deliveries import AnswerDelivery, SendReceipt, Unkept, Writing
from luka_bot.storage.scripts import Script

_TAKE = Script.load("take_bridged", repeatable=True)


@dataclass(frozen=True, slots=True)
class Answered:
    """shown: where an earlier run of the answer stands, in order."""

    delivery: AnswerDelivery
    shown: tuple[MessageId, ...]


class Letter:
    """Some messages of a conversation in one of Telegram's. until: the number of the last of them,
    as the first run chose it: what came later is no part of it in a second run either."""

    def __init__(self, storage: Storage, known: str, run: str, until: int) -> None:
        self._storage = storage
        self._known = known
        self._run = run
        self._number = 0
        self.until = until

    def receipt(self) -> SendReceipt:
        number, self._number = self._number, self._number + 1
        return SendReceipt(self._storage, self._known, number, self._run, owner=self._run)


class Bridged:
    """Every method may raise StorageAway. A new run takes the work from the one before it."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._unkept: Unkept = {}

    async def letter(
        self, conversation_id: ThreadId, chat_id: ChatId, first: int, last: int
    ) -> Letter:
        return await self._letter(_key(conversation_id, chat_id, str(first)), last)

    async def farewell(self, conversation_id: ThreadId, chat_id: ChatId, epoch: str) -> Letter:
        """That it is closed; epoch: of the log that it had."""
        return await self._letter(_key(conversation_id, chat_id, f"bye {epoch}"), 0)

    async def answer(self, conversation_id: ThreadId, chat_id: ChatId, message_id: str) -> Answered:
        known = _key(conversation_id, chat_id, message_id)
        run = uuid4().hex
        ids, _ = await self._storage.run(_TAKE, [known], [run, ""], replicated=True)
        stored = tuple(MessageId(one) for one in json.loads(ids))
        unkept = self._unkept.get(known, ())
        shown = unkept if unkept[: len(stored)] == stored else stored
        writing = Writing(known, run, run, chat_id)
        return Answered(AnswerDelivery(self._storage, writing, shown, self._unkept), shown)

    async def _letter(self, known: str, last: int) -> Letter:
        run = uuid4().hex
        _, until = await self._storage.run(_TAKE, [known], [run, last], replicated=True)
        return Letter(self._storage, known, run, int(until))


def _key(conversation_id: ThreadId, chat_id: ChatId, what: str) -> str:
    return keys.bridged(f"{conversation_id}:{chat_id}:{what}")
