"""Whom luka knows: who they are, whether they may talk, and how much they did today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import Limits, Person, Standing, Usage, Visitor
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import (
    Arrival,
    Introduction,
    Meeting,
    Pace,
    Verdict,
    described,
    introduced,
)
from luka_bot.storage.person_codec import person_of, usage_of
from luka_bot.storage.scripts import Script

ASK_AGAIN = 24 * 3600  # s after a rejection in which nobody can ask once more
WORDS_BYTES = 1500  # of what somebody says of themselves; a card has room for it

_MEET = Script.load("meet_person", "person", "meeting")
_DECIDE = Script.load("decide_person", "person", repeatable=True)
_APPLY = Script.load("apply_person", "person", repeatable=True)
_UPDATE = Script.load("update_person", "person", repeatable=True)
_FORGET_CARDS = Script.load("forget_cards", "person", repeatable=True)
_PAGE = Script.load("page_people", "person", repeatable=True)


class Applied(StrEnum):
    NEW = "NEW"
    MORE = "MORE"  # said more of themselves
    WAITING = "WAITING"  # had asked already
    EARLY = "EARLY"  # was rejected a moment ago


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """counts: how many of each standing the same search finds."""

    people: tuple[Person, ...]
    total: int
    offset: int
    counts: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class Decision:
    """already: it was decided before, and nothing was changed; before: the standing until then."""

    person: Person
    before: Standing
    already: bool


class PeopleStore:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, pace: Pace, clock: Clock) -> None:
        self._storage = storage
        self._pace = pace
        self._clock = clock

    @property
    def usual_limits(self) -> Limits:
        """Of whoever has none of their own."""
        return self._pace.limits

    def introduce(self, arrival: Arrival) -> Introduction:
        return introduced(arrival, self._pace, self._clock())

    async def meet(self, arrival: Arrival) -> Meeting:
        """One round trip. A stranger is written down only where everybody may talk, or if they are
        an admin, or expected."""
        visitor, call = arrival.visitor, self.introduce(arrival)
        fields, verdict, seconds, used = await self._storage.run(_MEET, call.names, call.args)
        person = person_of(visitor.user_id, fields, visitor)
        return Meeting(person, Verdict(verdict), float(seconds), usage_of(used))

    async def apply(self, visitor: Visitor, line: str, request: str) -> tuple[Applied, Person]:
        """They ask to get in, or say a line of why. request: a second run changes nothing."""
        now = repr(self._clock())
        args: list[str | int] = [
            *described(visitor),
            now,
            ASK_AGAIN,
            WORDS_BYTES,
            line,
            request,
        ]
        how, fields = await self._storage.run(_APPLY, args=args)
        return Applied(how), person_of(visitor.user_id, fields)

    async def decide(
        self,
        user_id: UserId,
        standing: Standing,
        by: str,
        request: str = "",
        *,
        frm: Sequence[Standing] = tuple(Standing),
        unknown: bool = False,
    ) -> Decision:
        """Only from one of these standings, and never to the one they have. unknown: also of
        somebody who never was here. Raises PersonGone."""
        stands = [one.value for one in frm if one is not standing]
        given = "1" if unknown else ""
        now = repr(self._clock())
        args = [str(user_id), standing.value, given, by, now, request, *stands]
        match await self._storage.run(_DECIDE, args=args):
            case ["OK", fields, before]:
                return Decision(person_of(user_id, fields), Standing(before), already=False)
            case ["ALREADY", fields, before]:
                return Decision(person_of(user_id, fields), Standing(before), already=True)
        raise PersonGone(str(user_id))

    async def update(self, user_id: UserId, **fields: str) -> Person:
        """Names as in person_codec; "" takes one away. Raises PersonGone."""
        flat = [text for pair in fields.items() for text in pair]
        match await self._storage.run(_UPDATE, args=[str(user_id), *flat]):
            case ["OK", hash_]:
                return person_of(user_id, hash_)
        raise PersonGone(str(user_id))

    async def forget_cards(self) -> None:
        """Where the admins' group has moved, other messages bear those numbers."""
        await self._storage.run(_FORGET_CARDS)

    async def get(self, user_id: UserId) -> Person:
        """A stranger where nobody is known under this number."""
        fields = await self._storage.read(lambda redis: redis.hgetall(keys.user(user_id)))
        return person_of(user_id, [str(text) for pair in fields.items() for text in pair])

    async def usage(self, user_id: UserId) -> Usage:
        names = ("messages", "tokens", "seconds", "until")
        used = await self._storage.read(lambda redis: redis.hmget(keys.usage(user_id), names))
        usage = usage_of([str(text or 0) for text in used])
        return usage if usage.until > self._clock() else Usage()

    async def page(
        self,
        query: str = "",
        standing: Standing | None = None,
        offset: int = 0,
        limit: int = 8,
        *,
        limited: bool = False,
    ) -> PeoplePage:
        """Whoever was here last comes first. query: part of a name, or a whole number. limited:
        only those who have limits of their own."""
        wanted, offset = "" if standing is None else standing.value, max(offset, 0)
        only = "1" if limited else ""
        args: list[str | int] = [query.casefold().lstrip("@"), wanted, offset, limit, only]
        total, rows, told = await self._storage.run(_PAGE, args=args)
        people = tuple(person_of(None, row) for row in rows)
        counts = {Standing(one): int(n) for one, n in zip(told[::2], told[1::2], strict=True)}
        return PeoplePage(people, int(total), offset, counts)

    async def named(self, reference: str) -> UserId | None:
        """By number, @name of Telegram, or name of an account; None if nobody is called so."""
        name = reference.strip().casefold()
        if name.removeprefix("-").isdecimal():
            return UserId(int(name))
        wanted = [keys.login(name), keys.username(name.lstrip("@"))]
        if name.startswith("@"):
            wanted = wanted[1:]
        found = await self._storage.read(lambda redis: redis.mget(wanted))
        return next((UserId(int(one)) for one in found if one), None)
