"""Every setting as it is in force, for whoever runs luka, without secrets."""

import json
import re
from collections.abc import Iterator
from typing import Any

from luka_bot.config import Settings
from luka_bot.logs import redact

_USER = re.compile(r"(://)[^/\s:@\"']+@")  # without a password it may be a key


def lines(settings: Settings) -> list[str]:
    """`NAME=value`, in the order of the manual."""
    return [
        _USER.sub(r"\1[user]@", redact(f"{name}={_plain(value)}"))
        for name, value in _flat("", settings.model_dump(mode="python"))
    ]


def _flat(prefix: str, group: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """As docs/configuration.md has them: `CHAT__LIMITS__QUEUE_SIZE`."""
    for name, value in group.items():
        if isinstance(value, dict) and value:
            yield from _flat(f"{prefix}{name.upper()}__", value)
        else:
            yield prefix + name.upper(), value


def _plain(value: object) -> object:
    """Agents as the environment would have them; nothing where there are none of a kind."""
    if value == {}:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
