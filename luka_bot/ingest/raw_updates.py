"""Updates as they came, before anything could refuse to decode them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram.methods.base import TelegramMethod

from luka_bot.models.ids import UpdateId

RawUpdate = dict[str, Any]

STOP_TAPS = ("turn_stop:", "conv_stop:")  # how the data of a Stop button begins
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class RawGetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates that leaves decoding for later: one unknown field must not stop all the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


def update_id(raw: RawUpdate) -> UpdateId:
    return UpdateId(int(raw["update_id"]))


def lane_of(raw: RawUpdate) -> str:
    """The lane that keeps this update in order.

    Messages and taps of one chat or topic follow each other: a question belongs to the thread that
    was active when it was asked, whatever was tapped after it. A stop overtakes them all.
    """
    return f"stop:{raw.get('update_id')}" if is_stop(raw) else place_lane_of(raw)


def place_lane_of(raw: RawUpdate) -> str:
    """Its chat's or topic's, also for a stop."""
    body = _spoken(raw)
    chat = _child(body, "chat").get("id")
    topic = body.get("message_thread_id") if body.get("is_topic_message") else None
    return f"chat:{chat}:{topic or ''}"


def is_stop(raw: RawUpdate) -> bool:
    tap = _child(raw, "callback_query")
    return str(tap.get("data")).startswith(STOP_TAPS) or (not tap and _says_stop(_spoken(raw)))


def conversation_of(raw: RawUpdate) -> str:
    """What must be worked on by one replica at a time, whatever lanes it has there: the chat with
    its messages, taps and stops. "" where we can't read it, and nothing depends on it."""
    body = next((value for value in raw.values() if isinstance(value, dict)), {})
    place = _child(_child(body, "message"), "chat") or _child(body, "chat") or _child(body, "from")
    number = place.get("id")
    return str(number) if isinstance(number, int) else ""


def is_quick(raw: RawUpdate) -> bool:
    """Whether no model has to answer it: a tap (mostly), a command."""
    text = _child(raw, "message").get("text")
    return "callback_query" in raw or (isinstance(text, str) and text.startswith("/"))


def kind_of(raw: RawUpdate) -> str:
    """Such as `message`; `unknown` for what we never asked Telegram for."""
    return next((kind for kind in ALLOWED_UPDATES if kind in raw), "unknown")


def sender_of(raw: RawUpdate) -> tuple[str, int]:
    """First name and number; "" and 0 if we can't read them."""
    body = next((value for value in raw.values() if isinstance(value, dict)), {})
    sender = _child(body, "from")
    name, number = sender.get("first_name"), sender.get("id")
    return str(name or ""), number if isinstance(number, int) else 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where an update comes from. spoken_to: somebody waits there for an answer of luka's."""

    chat: int
    topic: int | None
    spoken_to: bool


def place_of(raw: RawUpdate) -> Place | None:
    """None if we can't read it. What groups say to each other is none of our business."""
    tap = _child(raw, "callback_query")
    body = _child(tap, "message") or _child(raw, "message")
    chat, topic = _child(body, "chat"), body.get("message_thread_id")
    spoken_to = tap or chat.get("type") == "private" or str(body.get("text")).startswith("/")
    number = chat.get("id")
    if not isinstance(number, int):
        return None
    in_topic = body.get("is_topic_message") is True and isinstance(topic, int)
    return Place(number, topic if in_topic else None, bool(spoken_to))


def _says_stop(message: Mapping[str, Any]) -> bool:
    text = message.get("text")
    if not isinstance(text, str):
        return False
    word = text.strip().partition(" ")[0].partition("@")[0]
    return word.lower() == "/stop"


def _spoken(raw: RawUpdate) -> dict[str, Any]:
    """The message, or whatever this update is about."""
    return _child(_child(raw, "callback_query"), "message") or next(
        (value for value in raw.values() if isinstance(value, dict)), {}
    )


def _child(parent: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = parent.get(key)
    return value if isinstance(value, dict) else {}
