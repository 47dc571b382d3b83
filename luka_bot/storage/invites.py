"""Invites, known by a hash: whoever reads all of Redis can't come in by it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.models.invite import Invite
from luka_bot.models.person import Person, Visitor
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.meeting import described
from luka_bot.storage.person_codec import person_of
from luka_bot.storage.scripts import Script

TOKEN_BYTES = 12  # 16 characters
DIGEST_LENGTH = 32  # hex digits: a button has room for them

_MAKE = Script.load("make_invite", repeatable=True)
_REDEEM = Script.load("redeem_invite", "person", repeatable=True)
_LIST = Script.load("list_invites", repeatable=True)


class Redeemed(StrEnum):
    IN = "IN"
    INSIDE = "INSIDE"  # were let in before; nothing was used up
    BANNED = "BANNED"
    GONE = "GONE"


@dataclass(frozen=True, slots=True)
class Redemption:
    """invite: only where somebody came in by it, and it is still known."""

    how: Redeemed
    person: Person
    invite: Invite | None = None


class InviteStore:
    """clock: seconds since the epoch. Every method may raise StorageAway."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def make(
        self, uses: int | None, life: timedelta, note: str, by: UserId, by_name: str
    ) -> tuple[str, Invite]:
        """The token of its link, which nobody can be told again; uses None: any number."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        life = min(life, keys.INVITE_LIFE)
        until = self._clock() + life.total_seconds()
        invite = Invite(digest_of(token), uses, 0, until, note, by, by_name)
        args: list[str | int] = [
            invite.digest,
            repr(self._clock()),
            repr(until),
            int(life.total_seconds()),
            int(keys.INVITE_LIFE.total_seconds()),
            "" if uses is None else uses,
            note,
            by,
            by_name,
        ]
        await self._storage.run(_MAKE, [keys.invite(invite.digest), keys.INVITES], args)
        return token, invite

    async def redeem(self, visitor: Visitor, token: str, request: str) -> Redemption:
        """In one step, so that no use is given twice. request: a second run uses nothing more."""
        digest = digest_of(token)
        args = [*described(visitor), repr(self._clock()), request]
        reply = await self._storage.run(_REDEEM, [keys.invite(digest)], args)
        how, fields, kept = reply
        person = person_of(visitor.user_id, fields, visitor)
        return Redemption(Redeemed(how), person, _invite_of(digest, kept))

    async def living(self) -> tuple[Invite, ...]:
        """By which somebody can still come in; whose end is nearest first."""
        args = [keys.invite.prefix, repr(self._clock())]
        rows = await self._storage.run(_LIST, [keys.INVITES], args)
        found = (_invite_of(digest, fields) for digest, fields in rows)
        return tuple(invite for invite in found if invite is not None)

    async def revoke(self, digest: str) -> bool:
        """False if it was gone already."""
        gone = await self._storage.write(lambda redis: redis.delete(keys.invite(digest)))
        return bool(gone)


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:DIGEST_LENGTH]


def _invite_of(digest: str, flat: Sequence[str]) -> Invite | None:
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    if not fields:
        return None
    left = fields["left"]
    return Invite(
        digest=digest,
        left=int(left) if left else None,
        used=int(fields["used"]),
        until=float(fields["until"]),
        note=fields["note"],
        by=UserId(int(fields["by"])),
        by_name=fields["by_name"],
    )
