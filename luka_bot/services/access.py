"""The one place where it is decided whether somebody may do something."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from luka_bot.models.audit import Event
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.people_errors import DayLimitReached, NotLetIn, NotPermitted, TooFast
from luka_bot.models.person import Access, Person, Standing, Visitor
from luka_bot.models.rights import ADMINS_ALONE, OF_THE_GROUP, Action, Rank, may, rank_of
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.days import day_end, holding, is_over
from luka_bot.services.membership import Membership
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.meeting import Arrival, Introduction, Meeting, Verdict
from luka_bot.storage.people import PeopleStore

UNPACED = frozenset({Action.STOP, Action.OVERHEAR})
"""Whoever writes too fast may still end what they began, and talk to others."""


class Place(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    ADMIN_GROUP = "admin_group"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody is about to do. name: by which it is known where it comes again. counted: as a
    message of their day."""

    visitor: Visitor
    action: Action
    chat_id: ChatId
    name: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class HouseRules:
    """time_zone: IANA, of whoever chose none."""

    access: Access
    admin_ids: Collection[int]
    allowed_ids: Collection[int]
    time_zone: str


class AccessService:
    """now: seconds since the epoch."""

    def __init__(
        self,
        people: PeopleStore,
        audit: AuditLog,
        group: AdminGroup,
        membership: Membership,
        rules: HouseRules,
        now: Clock,
    ) -> None:
        self._people = people
        self._audit = audit
        self._group = group
        self._membership = membership
        self._rules = rules
        self._now = now

    @property
    def access(self) -> Access:
        return self._rules.access

    def place(self, chat_id: ChatId) -> Place:
        if self._group.is_here(chat_id):
            return Place.ADMIN_GROUP
        return Place.GROUP if chat_id < 0 else Place.PRIVATE

    async def admit(self, attempt: Attempt) -> Person:
        """Whoever it is, if they may. Raises Refused (NotLetIn, NotPermitted, TooFast,
        DayLimitReached, CheckFailed) or StorageAway; what nobody may by themselves is audited."""
        visitor, place = attempt.visitor, self.place(attempt.chat_id)
        is_admin = await self._is_admin(visitor, place)
        meeting = await self._meet(attempt, is_admin=is_admin)
        if not is_admin and meeting.person.standing is not Standing.ALLOWED:
            is_admin = await self.in_group(visitor.user_id)
            if is_admin:
                meeting = await self._meet(attempt, is_admin=True)
        if meeting.verdict is Verdict.FLOOD:
            raise TooFast(meeting.seconds)
        rank = rank_of(meeting.person, is_admin=is_admin)
        if not await self._granted(attempt, rank, place):
            await self._refuse(attempt, rank, meeting.person)
        self._hold_to_day(meeting)
        return meeting.person

    def introduction(self, attempt: Attempt) -> Introduction:
        """For a store that meets them in the step that does what they want, which is something
        that everybody may who is allowed. What it doesn't settle is for `admit`."""
        is_admin = attempt.visitor.user_id in self._rules.admin_ids
        return self._people.introduce(self._arrival(attempt, is_admin=is_admin))

    async def has_day_left(self, person: Person) -> bool:
        """Whether they may ask once more today. For what isn't counted as a message."""
        if rank_of(person, is_admin=person.user_id in self._rules.admin_ids) is Rank.ADMIN:
            return True
        limits = holding(person.limits, self._people.usual_limits)
        return not is_over(await self._people.usage(person.user_id), limits, self._now())

    async def is_admin(self, person: Person, *, anew: bool = False) -> bool:
        """Wherever they are; anew: as of now. Telegram isn't asked of who has the role; for others
        this raises CheckFailed where it doesn't say."""
        if rank_of(person, is_admin=False) is Rank.ADMIN:
            return True
        ours = await self.is_appointed(person.user_id, anew=anew)
        return rank_of(person, is_admin=ours) is Rank.ADMIN

    async def rules(self, chat_id: ChatId, person: Person) -> bool:
        """Whether they decide for a whole group. Raises CheckFailed."""
        if await self.is_admin(person):
            return True
        return await self._membership.is_administrator(chat_id, person.user_id)

    async def is_appointed(self, user_id: UserId, *, anew: bool = False) -> bool:
        """An admin whatever their role says: by the settings, or in the admins' group."""
        return user_id in self._rules.admin_ids or await self.in_group(user_id, anew=anew)

    async def in_group(self, user_id: UserId, *, anew: bool = False) -> bool:
        """Whether they are in the admins' group."""
        group = self._group.chat_id
        return group is not None and await self._membership.is_member(group, user_id, anew=anew)

    async def _is_admin(self, visitor: Visitor, place: Place) -> bool:
        if visitor.user_id in self._rules.admin_ids:
            return True
        return place is Place.ADMIN_GROUP and await self.in_group(visitor.user_id)

    async def _meet(self, attempt: Attempt, *, is_admin: bool) -> Meeting:
        """A second time where a day of theirs begins: only we know when it ends."""
        arrival = self._arrival(attempt, is_admin=is_admin)
        meeting = await self._people.meet(arrival)
        if meeting.verdict is not Verdict.NEW_DAY:
            return meeting
        ends = day_end(self._now(), self.zone_of(meeting.person))
        return await self._people.meet(replace(arrival, paced=False, day_ends=ends))

    def _arrival(self, attempt: Attempt, *, is_admin: bool) -> Arrival:
        return Arrival(
            attempt.visitor,
            is_admin=is_admin,
            is_expected=attempt.visitor.user_id in self._rules.allowed_ids,
            paced=attempt.action not in UNPACED,
            name=attempt.name,
            counted=attempt.counted,
        )

    def zone_of(self, person: Person) -> str:
        return person.preferences.time_zone or self._rules.time_zone

    async def _granted(self, attempt: Attempt, rank: Rank, place: Place) -> bool:
        if not may(rank, attempt.action):
            return False
        if attempt.action in ADMINS_ALONE:
            return place is Place.ADMIN_GROUP
        if attempt.action in OF_THE_GROUP and place is Place.GROUP and rank is not Rank.ADMIN:
            return await self._membership.is_administrator(attempt.chat_id, attempt.visitor.user_id)
        return True

    async def _refuse(self, attempt: Attempt, rank: Rank, person: Person) -> None:
        action = attempt.action
        if rank in {Rank.STRANGER, Rank.BANNED} and action not in ADMINS_ALONE:
            raise NotLetIn(person.standing, self._rules.access)
        visitor = attempt.visitor
        await self._audit.note(Event.REFUSED, visitor.user_id, visitor.name, detail=action.value)
        raise NotPermitted(in_group=action in OF_THE_GROUP)

    def _hold_to_day(self, meeting: Meeting) -> None:
        if meeting.verdict in {Verdict.MESSAGES, Verdict.TOKENS, Verdict.SECONDS}:
            zone = self.zone_of(meeting.person)
            raise DayLimitReached(meeting.verdict.value, meeting.usage.until, zone)
