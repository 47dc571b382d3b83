"""Parameters of a call, from whatever way they came, with Telegram's complaints."""

import json
from dataclasses import dataclass

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.refusal import BadRequest

NESTED = frozenset(
    {
        "reply_markup",
        "entities",
        "caption_entities",
        "reply_parameters",
        "commands",
        "scope",
        "menu_button",
        "allowed_updates",
        "message_ids",
        "reaction",
        "link_preview_options",
        "media",
    }
)
NUMBERS = frozenset(
    {
        "chat_id",
        "message_id",
        "message_thread_id",
        "reply_to_message_id",
        "user_id",
        "offset",
        "limit",
        "timeout",
        "draft_id",
        "icon_color",
        "max_connections",
        "cache_time",
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    content: bytes

    def __repr__(self) -> str:
        return f"<file {self.name}, {len(self.content)} bytes>"


def decoded(raw: Json) -> Json:
    """Nested JSON and numbers out of their strings, where that goes."""
    return {name: _decoded(name, value) for name, value in raw.items()}


def _decoded(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in NUMBERS and value.removeprefix("-").isascii() and value.lstrip("-").isdigit():
        return int(value)
    if name in NESTED:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


@dataclass(frozen=True, slots=True)
class Params:
    """`values` are decoded already."""

    values: Json

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None or isinstance(value, Upload) else str(value)

    def number(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadRequest(f"{name} must be an Integer")
        return value

    def needed_number(self, name: str) -> int:
        value = self.number(name)
        if value is None:
            raise BadRequest(f"{name} is empty")
        return value

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1")

    def nested(self, name: str) -> object:
        value = self.values.get(name)
        if isinstance(value, str):
            if not value:
                return None
            raise BadRequest(f"can't parse {name} JSON object")
        return value

    def mapping(self, name: str) -> Json:
        value = self.nested(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise BadRequest(f"object expected as {name}")
        return value

    def items(self, name: str) -> list[object]:
        value = self.nested(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadRequest(f"expected an Array as {name}")
        return value

    def upload(self, name: str) -> Upload | None:
        """The file under `name`, also by way of attach://."""
        return self.attached(self.values.get(name))

    def attached(self, value: object) -> Upload | None:
        """The file that this is, or names by attach://."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.values.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None
