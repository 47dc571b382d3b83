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
