"""Between a person's hash in Redis and what the rest of luka knows of them."""

from collections.abc import Sequence

from luka_bot.models.ids import MessageId, UserId
from luka_bot.models.person import (
    Limits,
    Person,
    PersonRole,
    Preferences,
    Reach,
    Standing,
    Usage,
    Visitor,
)


def person_of(
    user_id: UserId | None, flat: Sequence[str], visitor: Visitor | None = None
) -> Person:
    """flat: field, value, field, value. Empty: a stranger, as much as their update tells."""
    fields = dict(zip(flat[::2], flat[1::2], strict=True))
    if not fields:
        seen = visitor or Visitor(user_id or UserId(0), "")
        return Person(seen.user_id, seen.name, seen.username.casefold(), seen.language)
    card = fields.get("card")
    return Person(
        user_id=UserId(int(fields["user_id"])),
        name=fields.get("name", ""),
        username=fields.get("username", ""),
        language=fields.get("language", ""),
        standing=Standing(fields.get("standing", Standing.STRANGER.value)),
        role=PersonRole(fields.get("role", PersonRole.USER.value)),
        since=float(fields.get("since", 0)),
        seen=float(fields.get("seen", 0)),
        words=fields.get("words", ""),
        card=MessageId(int(card)) if card else None,
        decided_at=float(fields.get("decided_at", 0)),
        decided_by=fields.get("decided_by", ""),
        reach=Reach(fields.get("reach", "")),
        login=fields.get("login", ""),
        folder=fields.get("folder", ""),
        limits=_limits(fields),
        preferences=_preferences(fields),
    )


def usage_of(texts: Sequence[str]) -> Usage:
    messages, tokens, seconds, until = texts
    return Usage(int(messages), int(tokens), float(seconds), float(until))


def search_text(*names: str) -> str:
    """What a search looks in; Lua itself knows the small letters of English alone."""
    return " ".join(name.casefold() for name in names if name)


def _limits(fields: dict[str, str]) -> Limits:
    def of(kind: str) -> int | None:
        text = fields.get(f"limit_{kind}")
        return None if text is None else int(text)

    return Limits(of("messages"), of("tokens"), of("seconds"))


def _preferences(fields: dict[str, str]) -> Preferences:
    return Preferences(
        language=fields.get("chosen_language", ""),
        thinking=fields.get("thinking") == "1",
        quiet=fields.get("quiet") == "1",
        time_zone=fields.get("time_zone", ""),
    )
