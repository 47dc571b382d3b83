"""What an admin writes behind /invite: how many uses, how many days, and a note."""

import re
from dataclasses import dataclass
from datetime import timedelta

from luka_bot.services.invite_service import LIFE, LONGEST, MOST_USES, NOTE_LIMIT

MANY = "many"

_WISH = re.compile(
    rf"(?:({MANY}|\d+)(?:\s+|$))?(?:(\d+)d(?:\s+|$))?(.*)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Wish:
    """uses None: as many as like."""

    uses: int | None
    life: timedelta
    note: str


def wish_in(text: str) -> Wish | None:
    """One use and a week where nothing else is said. None where it is more than there can be."""
    match = _WISH.fullmatch(text.strip())
    if match is None:
        return None
    uses, days, note = match.groups()
    number = None if uses and uses.lower() == MANY else int(uses or 1)
    life = LIFE if days is None else timedelta(days=min(int(days), LONGEST.days + 1))
    fits = number is None or 0 < number <= MOST_USES
    if not fits or not timedelta() < life <= LONGEST or len(note) > NOTE_LIMIT:
        return None
    return Wish(number, life, " ".join(note.split()))
