"""What admins' buttons carry. Whoever taps is asked who they are each time.

at: the place in the list of people to which Back leads, as list_place.py packs it.
"""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import UserId
from luka_bot.models.person import PersonRole


class Verb(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    BAN = "ban"
    UNBAN = "unban"


class PersonDecide(CallbackData, prefix="decide"):
    """at is empty on the card of somebody who asks to get in."""

    verb: Verb
    id: UserId
    at: str = ""


class PeopleAt(CallbackData, prefix="people"):
    at: str


class PersonShow(CallbackData, prefix="person"):
    id: UserId
    at: str


class PersonGiveRole(CallbackData, prefix="role"):
    role: PersonRole
    id: UserId
    at: str


class PersonLimits(CallbackData, prefix="limits"):
    id: UserId
    at: str


class PersonErase(CallbackData, prefix="erase"):
    id: UserId
    at: str


class PersonEraseYes(CallbackData, prefix="erase_yes"):
    id: UserId
    at: str


class InviteRevoke(CallbackData, prefix="uninvite"):
    """listed: tapped in the list of invites."""

    digest: str
    listed: bool
