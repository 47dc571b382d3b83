"""What admins see of the models: all of them, one of them, and what can be done about it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin.callbacks import (
    ModelCard,
    ModelDelete,
    ModelDeleteYes,
    ModelList,
    ModelUse,
)
from luka_bot.handlers.admin.sizes import size
from luka_bot.llm.protocol import LoadedModel
from luka_bot.locales import Words
from luka_bot.models.model_names import name_digest, short_name
from luka_bot.services.models_service import Stocked

SHOWN = 30  # models; a message has room for some more
FOR_GOOD = 7 * 24 * 60  # minutes; Ollama names a day centuries away where a model stays


def overview(words: Words, stock: Sequence[Stocked], default: str) -> str:
    """HTML. Also where the default one isn't there."""
    loaded = [one for model in stock for one in model.loaded]
    lines = [words.html("models.header", name=short_name(default)), _memory(words, loaded)]
    if not any(model.is_default for model in stock):
        lines.append(words.html("models.default_missing", name=default))
    lines.append("")
    lines += [_line(words, model) for model in stock[:SHOWN]]
    if len(stock) > SHOWN:
        lines.append(words.count("models.more", len(stock) - SHOWN))
    return "\n".join(lines)


def overview_keyboard(words: Words, stock: Sequence[Stocked]) -> InlineKeyboardMarkup:
    rows = [
        [_button(_label(model), ModelCard(digest=name_digest(model.name)))]
        for model in stock[:SHOWN]
    ]
    return _rows(*rows, [_button(words("button.refresh"), ModelList())])


def card(words: Words, model: Stocked) -> str:
    """HTML."""
    lines = [words.html("models.card", name=short_name(model.name), size=size(words, model.size))]
    lines += [_loaded(words, one) for one in model.loaded]
    if model.is_default:
        lines += ["", words.html("models.is_default")]
    return "\n".join(lines)


def card_keyboard(words: Words, model: Stocked) -> InlineKeyboardMarkup:
    digest, back = name_digest(model.name), [_button(words("button.models.back"), ModelList())]
    if model.is_default:
        return _rows(back)
    delete = _button(words("button.models.delete"), ModelDelete(digest=digest))
    return _rows([use_button(words, model.name), delete], back)


def deletion(words: Words, model: Stocked) -> str:
    """HTML."""
    return words.html(
        "models.delete", name=short_name(model.name), size=size(words, model.size), full=model.name
    )


def deletion_keyboard(words: Words, model: Stocked) -> InlineKeyboardMarkup:
    digest = name_digest(model.name)
    yes = _button(words("button.models.delete_yes"), ModelDeleteYes(digest=digest))
    return _rows([yes, _button(words("button.models.back"), ModelCard(digest=digest))])


def use_button(words: Words, name: str) -> InlineKeyboardButton:
    return _button(words("button.models.use"), ModelUse(digest=name_digest(name)))


def _line(words: Words, model: Stocked) -> str:
    line = words.html("models.line", name=_label(model), size=size(words, model.size))
    return " · ".join([line, *(_loaded(words, one) for one in model.loaded)])


def _label(model: Stocked) -> str:
    return ("⭐ " if model.is_default else "") + short_name(model.name)


def _memory(words: Words, loaded: Sequence[LoadedModel]) -> str:
    if not loaded:
        return words.html("models.nothing_loaded")
    whole, card_ = sum(one.size for one in loaded), sum(one.size_vram for one in loaded)
    return words.html("models.memory", size=size(words, whole), vram=size(words, card_))


def _loaded(words: Words, loaded: LoadedModel) -> str:
    used, vram = size(words, loaded.size), size(words, loaded.size_vram)
    minutes = _minutes_left(loaded)
    if minutes is None or minutes > FOR_GOOD:
        return words.html("models.loaded", size=used, vram=vram)
    return words.html("models.loaded_until", size=used, vram=vram, minutes=minutes)


def _minutes_left(loaded: LoadedModel) -> int | None:
    if loaded.expires_at is None:
        return None
    left = loaded.expires_at - datetime.now(UTC)
    return max(1, round(left.total_seconds() / 60))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _rows(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=list(rows))
