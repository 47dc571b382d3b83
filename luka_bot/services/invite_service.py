"""Invites: made and revoked by admins, opened by whoever was given one."""

from dataclasses import dataclass
from datetime import timedelta

from luka_bot.models.audit import Event
from luka_bot.models.ids import UserId
from luka_bot.models.invite import Invite
from luka_bot.models.people_errors import InviteGone, NotLetIn
from luka_bot.models.person import Access, Person, Standing, Visitor
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.invites import InviteStore, Redeemed

LIFE = timedelta(days=7)  # where nobody says how long
LONGEST = timedelta(days=365)
MOST_USES = 10_000
NOTE_LIMIT = 60  # characters
NAMED_BY = 8  # characters of its digest, in the audit log


@dataclass(frozen=True, slots=True)
class Made:
    """token: what the link says, known to nobody but who reads this."""

    token: str
    invite: Invite


@dataclass(frozen=True, slots=True)
class Joined:
    """invite: None for whoever was in before, who uses nothing up."""

    person: Person
    invite: Invite | None


class InviteService:
    def __init__(self, invites: InviteStore, audit: AuditLog) -> None:
        self._invites = invites
        self._audit = audit

    async def make(
        self, uses: int | None, life: timedelta, note: str, by: UserId, by_name: str
    ) -> Made:
        """uses None: as many as like. What is longer than it may be is cut."""
        note, life = note[:NOTE_LIMIT], min(life, LONGEST)
        token, invite = await self._invites.make(uses, life, note, by, by_name)
        await self._audit.note(Event.INVITE_MADE, by, by_name, detail=invite.digest[:NAMED_BY])
        return Made(token, invite)

    async def redeem(self, visitor: Visitor, token: str, request: str) -> Joined:
        """request: a second run of it uses nothing more. Raises InviteGone, which is audited, and
        NotLetIn for a banned person."""
        redemption = await self._invites.redeem(visitor, token, request)
        who, name = visitor.user_id, visitor.name
        match redemption.how:
            case Redeemed.BANNED:
                raise NotLetIn(Standing.BANNED, Access.CLOSED)
            case Redeemed.GONE:
                await self._audit.note(Event.REFUSED, who, name, detail="invite")
                raise InviteGone
            case Redeemed.IN if redemption.invite is not None:
                detail = redemption.invite.digest[:NAMED_BY]
                await self._audit.note(Event.INVITE_USED, who, name, detail=detail)
        return Joined(redemption.person, redemption.invite)

    async def living(self) -> tuple[Invite, ...]:
        """Whose end is nearest first."""
        return await self._invites.living()

    async def revoke(self, digest: str, by: UserId, by_name: str) -> bool:
        """False if it was gone already."""
        gone = await self._invites.revoke(digest)
        if gone:
            await self._audit.note(Event.INVITE_REVOKED, by, by_name, detail=digest[:NAMED_BY])
        return gone
