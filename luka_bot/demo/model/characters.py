"""Whom a system prompt makes of the scripted model: a cook, a sceptic, a teacher."""

import re

ROLES = {
    "chef": r"chef|cook|повар|кулинар",
    "sceptic": r"s[ck]eptic|скептик",
    "teacher": r"teacher|учител",
}
_YOU_ARE = r"\b(?:you are|you're|ты|вы)\b[^.\n]{0,80}?\b"
_PATTERNS = {
    name: re.compile(_YOU_ARE + f"(?:{words})", re.IGNORECASE) for name, words in ROLES.items()
}


def character_in(system: str) -> str | None:
    """Its name in Texts.characters."""
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(system)), None)
