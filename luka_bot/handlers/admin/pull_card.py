"""What admins see of a download, from its first line to its end."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin import models_card
from luka_bot.handlers.admin.callbacks import PullCancel
from luka_bot.handlers.admin.sizes import gigabytes, size, speed
from luka_bot.locales import Words
from luka_bot.models.errors import ModelError, ModelFailed, ModelKeyRefused, ModelMissing
from luka_bot.models.model_names import name_digest, short_name
from luka_bot.models.pull import Phase, Pull

BAR = 10  # signs

_PHASES = {
    Phase.BEGINNING: "pull.beginning",
    Phase.CHECKING: "pull.checking",
    Phase.WAITING: "pull.waiting",
}
_NO_ROOM = ("no space", "disk space", "disk full")


def progress(words: Words, pull: Pull, per_second: float = 0.0) -> str:
    """HTML; per_second in bytes, 0.0 where nobody can tell."""
    lines = [words.html("pull.header", name=short_name(pull.name))]
    if pull.total:
        lines.append(_bar(words, pull, per_second))
    if pull.phase in _PHASES:
        lines.append(words.html(_PHASES[pull.phase]))
    return "\n".join(lines)


def cancel(words: Words, name: str) -> InlineKeyboardMarkup:
    data = PullCancel(digest=name_digest(name)).pack()
    button = InlineKeyboardButton(text=words("button.pull.cancel"), callback_data=data)
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def done(words: Words, pull: Pull) -> str:
    """HTML."""
    return words.html("pull.done", name=short_name(pull.name), size=size(words, pull.total))


def done_keyboard(words: Words, name: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[models_card.use_button(words, name)]])


def cancelled(words: Words, pull: Pull, by_name: str) -> str:
    """HTML."""
    return words.html("pull.cancelled", name=short_name(pull.name), by=by_name)


def failed(words: Words, pull: Pull, error: ModelError) -> str:
    """HTML: what happened, and how to go on."""
    name = short_name(pull.name)
    match error:
        case ModelMissing():
            return words.html("pull.missing", name=name)
        case ModelFailed(detail=detail) if any(sign in detail.lower() for sign in _NO_ROOM):
            return words.html("pull.no_room", name=name)
        case ModelFailed(detail=detail):
            return words.html("pull.failed", name=name, detail=detail)
        case ModelKeyRefused():
            return words.html("pull.refused", name=name)
        case _:
            return words.html("pull.away", name=name)


def is_final(error: ModelError) -> bool:
    """Whether asking again would say the same."""
    match error:
        case ModelMissing() | ModelKeyRefused():
            return True
        case ModelFailed(detail=detail):
            return any(sign in detail.lower() for sign in (*_NO_ROOM, "newer version"))
        case _:
            return False


def _bar(words: Words, pull: Pull, per_second: float) -> str:
    share = min(pull.completed / pull.total, 1.0)
    full = int(share * BAR)
    bar = "▓" * full + "░" * (BAR - full)
    amount = words.html(
        "pull.amount",
        percent=int(share * 100),
        done=gigabytes(words, pull.completed),
        total=size(words, pull.total),
    )
    parts = [f"{bar} {amount}"]
    if per_second and pull.phase is Phase.LOADING:
        minutes = round((pull.total - pull.completed) / per_second / 60)
        parts.append(speed(words, per_second))
        parts.append(words("pull.left", minutes=minutes) if minutes else words("pull.soon"))
    return " · ".join(parts)
