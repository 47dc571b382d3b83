"""What admins' buttons carry. Whoever taps is asked who they are each time."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import UserId


class Verb(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    BAN = "ban"
    UNBAN = "unban"


class PersonDecide(CallbackData, prefix="person_decide"):
    verb: Verb
    id: UserId


class BroadcastSend(CallbackData, prefix="broadcast_send"):
    id: str


class BroadcastCancel(CallbackData, prefix="broadcast_cancel"):
    id: str


class BroadcastStop(CallbackData, prefix="broadcast_stop"):
    id: str
