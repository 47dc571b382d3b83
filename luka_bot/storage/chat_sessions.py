"""Who is signed in to the page of conversations, and the links that lead there.

Apart from the admin page's: what opens one of them never opens the other.
"""

from dataclasses import dataclass
from typing import Any

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script
from luka_bot.storage.sessions import LINK_SECONDS, count_attempt, digest

_KEEP = Script.load("keep_ticket", repeatable=True)
_ENTER = Script.load("enter_by_link", repeatable=True)


@dataclass(frozen=True, slots=True)
class ChatSession:
    """expires_at: seconds since the epoch."""

    person: UserId
    expires_at: float


class ChatSessionStore:
    """life: seconds of a session, whether it is used or not. clock: seconds since the epoch.

    Every method may raise StorageAway."""

    def __init__(self, storage: Storage, life: float, clock: Clock) -> None:
        self._storage = storage
        self._life = life
        self._clock = clock

    async def open(self, person: UserId, token: str) -> ChatSession:
        ends = self._clock() + self._life
        args: list[str | int] = [int(self._life), "person", str(person), "ends_at", repr(ends)]
        await self._storage.run(_KEEP, [keys.chat_session(digest(token))], args)
        return ChatSession(person, ends)

    async def enter(self, link: str, token: str) -> ChatSession | None:
        """Opens a session for whose link it is; None if it was used, or is too old."""
        ends = self._clock() + self._life
        names = [keys.chat_link(digest(link)), keys.chat_session(digest(token))]
        args: list[str | int] = [int(self._life), "ends_at", repr(ends)]
        match await self._storage.run(_ENTER, names, args):
            case ["OK", person]:
                return ChatSession(UserId(int(person)), ends)
        return None

    async def find(self, token: str) -> ChatSession | None:
        key = keys.chat_session(digest(token))
        found: Any = await self._storage.read(lambda redis: redis.hmget(key, "person", "ends_at"))
        person, ends = found
        if not person or not ends or float(ends) <= self._clock():
            return None
        return ChatSession(UserId(int(person)), float(ends))

    async def close(self, token: str) -> None:
        key = keys.chat_session(digest(token))
        await self._storage.read(lambda redis: redis.delete(key))

    async def make_link(self, person: UserId, link: str) -> None:
        args: list[str | int] = [LINK_SECONDS, "person", str(person)]
        await self._storage.run(_KEEP, [keys.chat_link(digest(link))], args)

    async def count_attempt(self, names: tuple[str, ...], most: int) -> float:
        """As SessionStore's, and together with it: there is one limit for both pages."""
        return await count_attempt(self._storage, names, most)
