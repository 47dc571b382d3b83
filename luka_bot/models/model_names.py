"""How models are called."""

import re
from hashlib import sha256

_NAME = re.compile(r"[A-Za-z0-9._:/-]{1,100}")
_LATEST = ":latest"


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def full_name(name: str) -> str:
    """As Ollama names what it has: with a tag."""
    return name if ":" in name.rpartition("/")[2] else name + _LATEST


def short_name(name: str) -> str:
    """As people name it."""
    return name.removesuffix(_LATEST)


def name_digest(name: str) -> str:
    """For a button, which has no room for the name; the same for both forms of it."""
    return sha256(full_name(name).encode()).hexdigest()[:16]
