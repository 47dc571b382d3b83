"""users.json as the old queue wrote it."""

import json
from dataclasses import dataclass
from pathlib import Path

from luka_bot.models.person import PersonRole


class NoOldUsers(Exception):
    """The file isn't a list of users of the old system; the text says why."""


@dataclass(frozen=True, slots=True)
class OldUser:
    login: str
    role: PersonRole
    folder: str


def read_users(path: Path) -> list[OldUser]:
    """Raises NoOldUsers. Passwords stay behind: their hashes are of another kind."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise NoOldUsers(f"{path}: {error}") from None
    users = found.get("users", found) if isinstance(found, dict) else found
    named = users.items() if isinstance(users, dict) else _listed(users)
    return [_user(str(name), fields) for name, fields in named if isinstance(fields, dict)]


def _listed(users: object) -> list[tuple[str, object]]:
    if not isinstance(users, list):
        return []
    return [(str(one.get("username", "")), one) for one in users if isinstance(one, dict)]


def _user(name: str, fields: dict[str, object]) -> OldUser:
    is_admin = fields.get("role") == "admin" or fields.get("is_admin") is True
    folder = str(fields.get("folder") or fields.get("workspace") or "")
    return OldUser(name, PersonRole.ADMIN if is_admin else PersonRole.USER, folder)
