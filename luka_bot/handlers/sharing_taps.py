"""What the buttons about a conversation's people and agents carry.

Ids in here are claims, as in callbacks.py. Prefixes are short: with two ids there is no room.
"""

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import AgentName, ThreadId, UserId


class Share(CallbackData, prefix="share"):
    """The card with who is in, and by which links others come."""

    id: ThreadId


class ShareMake(CallbackData, prefix="sh_make"):
    id: ThreadId
    uses: int
    days: int


class ShareRevoke(CallbackData, prefix="sh_revoke"):
    """key: how the invite's begins. listed: tapped in the list of them."""

    id: ThreadId
    key: str
    listed: bool


class ShareRemove(CallbackData, prefix="sh_out"):
    """sure: asked and answered."""

    id: ThreadId
    who: UserId
    sure: bool


class ShareLeave(CallbackData, prefix="sh_leave"):
    id: ThreadId
    sure: bool


class Agents(CallbackData, prefix="agents"):
    id: ThreadId


class AgentAdd(CallbackData, prefix="ag_add"):
    id: ThreadId
    name: AgentName


class AgentRemove(CallbackData, prefix="ag_out"):
    id: ThreadId
    name: AgentName
