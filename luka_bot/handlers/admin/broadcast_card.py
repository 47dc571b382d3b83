"""What admins see of a broadcast: the question, how far it is, the result."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin.callbacks import BroadcastCancel, BroadcastSend, BroadcastStop
from luka_bot.locales import Words
from luka_bot.models.broadcast import Broadcast, BroadcastState

_HEADS = {
    BroadcastState.SENDING: "broadcast.going",
    BroadcastState.STOPPED: "broadcast.stopped",
    BroadcastState.DONE: "broadcast.done",
}
_ALREADY = {
    BroadcastState.SENDING: "broadcast.already.sending",
    BroadcastState.STOPPED: "broadcast.already.stopped",
    BroadcastState.CANCELLED: "broadcast.already.cancelled",
    BroadcastState.DONE: "broadcast.already.done",
}


def question(words: Words, broadcast_id: str) -> InlineKeyboardMarkup:
    send = BroadcastSend(id=broadcast_id).pack()
    cancel = BroadcastCancel(id=broadcast_id).pack()
    row = [
        InlineKeyboardButton(text=words("button.broadcast.send"), callback_data=send),
        InlineKeyboardButton(text=words("button.broadcast.cancel"), callback_data=cancel),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def stop(words: Words, broadcast_id: str) -> InlineKeyboardMarkup:
    data = BroadcastStop(id=broadcast_id).pack()
    button = InlineKeyboardButton(text=words("button.broadcast.stop"), callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def card(words: Words, broadcast: Broadcast) -> str:
    """HTML."""
    head, by = _HEADS[broadcast.state], broadcast.decided_by
    lines = [words.html(head, done=broadcast.handled, total=broadcast.total, by=by)]
    lines.append(words.html("broadcast.delivered", count=broadcast.delivered))
    if broadcast.blocked:
        lines.append(words.html("broadcast.blocked", count=broadcast.blocked))
    if broadcast.failed:
        lines.append(words.html("broadcast.failed", count=broadcast.failed))
    if broadcast.doubtful:
        lines.append(words.html("broadcast.doubtful", count=broadcast.doubtful))
    return "\n".join(lines)


def already(words: Words, state: BroadcastState, by_name: str) -> str:
    """Plain text, for a toast."""
    return words(_ALREADY.get(state, "broadcast.gone"), by=by_name)
