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


class BroadcastSend(CallbackData, prefix="broadcast_send"):
    id: str


class BroadcastCancel(CallbackData, prefix="broadcast_cancel"):
    id: str


class BroadcastStop(CallbackData, prefix="broadcast_stop"):
    id: str


class ModelList(CallbackData, prefix="model_list"):
    pass


class ModelCard(CallbackData, prefix="model_card"):
    """digest, here and below: of a name, which may be too long for a button."""

    digest: str


class ModelUse(CallbackData, prefix="model_use"):
    digest: str


class ModelDelete(CallbackData, prefix="model_delete"):
    digest: str


class ModelDeleteYes(CallbackData, prefix="model_delete_yes"):
    digest: str


class PullCancel(CallbackData, prefix="pull_cancel"):
    digest: str
