"""Who is being answered now, and the line in front of each thread."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.services.writing import Writing
from luka_bot.suspicion import waiting


class RunningTurns:
    """The answers being written or waited for in this process, so that they can be stopped."""

    def __init__(self) -> None:
        self._writings: dict[Writing, UserId] = {}

    @contextmanager
    def hold(self, user_id: UserId, writing: Writing) -> Iterator[None]:
        self._writings[writing] = user_id
        try:
            yield
        finally:
            del self._writings[writing]

    def of(self, turn_id: TurnId) -> list[Writing]:
        """In order; more than one only where the turn is written anew while its end is settled."""
        return [writing for writing in self._writings if writing.turn.turn_id == turn_id]

    def writes(self, turn_id: TurnId) -> bool:
        """Whether its last word is still to come."""
        return any(not writing.ended for writing in self.of(turn_id))

    def mine(self, user_id: UserId) -> list[Writing]:
        return [writing for writing, owner in self._writings.items() if owner == user_id]

    def asked_by(self, user_id: UserId) -> list[Writing]:
        """Also what this person asked in a group."""
        return [
            writing
            for writing, owner in self._writings.items()
            if user_id in (owner, writing.turn.question.writer)
        ]

    def stop(self, user_id: UserId, turn_id: TurnId) -> bool:
        theirs = [one for one in self.of(turn_id) if self._writings[one] == user_id]
        for writing in theirs:
            writing.stop()
        return bool(theirs)


class ThreadLines:
    """One answer at a time in each thread, in order of arrival; forgotten when nobody waits."""

    def __init__(self) -> None:
        self._locks: dict[ThreadId, asyncio.Lock] = {}
        self._people: Counter[ThreadId] = Counter()

    def busy(self, thread_id: ThreadId) -> bool:
        return self._people[thread_id] > 0

    @asynccontextmanager
    async def place(self, thread_id: ThreadId) -> AsyncIterator[bool]:
        """Inside, nobody else answers in this thread; yields whether there was somebody before."""
        lock = self._locks.setdefault(thread_id, asyncio.Lock())
        waited = self.busy(thread_id)
        self._people[thread_id] += 1
        try:
            with waiting():
                await lock.acquire()
            try:
                yield waited
            finally:
                lock.release()
        finally:
            self._people[thread_id] -= 1
            if not self._people[thread_id]:
                del self._people[thread_id], self._locks[thread_id]
