"""Who is signed in to the admin page, and the links that lead there; tokens only as their hash."""

from dataclasses import dataclass
from hashlib import sha256

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

IDLE_SECONDS = 12 * 3600  # without a visit; then one signs in again
LINK_SECONDS = 10 * 60

_KEEP = Script.load("keep_ticket", repeatable=True)
_ENTER = Script.load("enter_by_link", repeatable=True)
_VISIT = Script.load("visit_session", repeatable=True)
_COUNT = Script.load("count_attempt")


@dataclass(frozen=True, slots=True)
class Ticket:
    """token is for the browser's cookie, csrf for the forms of its pages."""

    token: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Signed:
    person: UserId
    csrf: str


class SessionStore:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def open(self, person: UserId, ticket: Ticket) -> None:
        fields = ("person", str(person), "csrf", ticket.csrf, "made_at", repr(self._clock()))
        names = [keys.session(digest(ticket.token))]
        await self._storage.run(_KEEP, names, [IDLE_SECONDS, *fields])

    async def enter(self, link: str, ticket: Ticket) -> UserId | None:
        """Opens a session for whose link it is; None if it was used, or is too old."""
        names = [keys.weblink(digest(link)), keys.session(digest(ticket.token))]
        fields = ("csrf", ticket.csrf, "made_at", repr(self._clock()))
        args: list[str | int] = [IDLE_SECONDS, *fields]
        match await self._storage.run(_ENTER, names, args):
            case ["OK", person]:
                return UserId(int(person))
        return None

    async def visit(self, token: str) -> Signed | None:
        most = int(keys.SESSION_LIFE.total_seconds())
        args: list[str | int] = [repr(self._clock()), IDLE_SECONDS, most]
        match await self._storage.run(_VISIT, [keys.session(digest(token))], args):
            case ["OK", person, csrf]:
                return Signed(UserId(int(person)), csrf)
        return None

    async def close(self, token: str) -> None:
        await self._storage.read(lambda redis: redis.delete(keys.session(digest(token))))

    async def make_link(self, person: UserId, link: str) -> None:
        args: list[str | int] = [LINK_SECONDS, "person", str(person)]
        await self._storage.run(_KEEP, [keys.weblink(digest(link))], args)

    async def is_link(self, link: str) -> bool:
        """Whether it could be used now; it isn't by being asked for."""
        return bool(
            await self._storage.read(lambda redis: redis.exists(keys.weblink(digest(link))))
        )

    async def count_attempt(self, names: tuple[str, ...], most: int) -> float:
        return await count_attempt(self._storage, names, most)


async def count_attempt(storage: Storage, names: tuple[str, ...], most: int) -> float:
    """Seconds until there is room for another; 0 if this one was counted."""
    life = int(keys.ATTEMPTS_LIFE.total_seconds())
    counted = [keys.attempts(digest(name)) for name in names]
    (seconds,) = await storage.run(_COUNT, counted, [most, life])
    return float(seconds)


def digest(secret: str) -> str:
    """Who reads Redis, or a copy of it, can't sign in with what stands there."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
