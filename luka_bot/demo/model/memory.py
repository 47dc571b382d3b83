"""What the scripted model knows of a conversation: only what it was really sent."""

import re
from collections.abc import Iterable

from luka_bot.demo.model.reply import Asked
from luka_bot.models.message import Role

NAME = re.compile(
    r"(?:\bmy name is|\bcall me|\bменя зовут|\bмоё имя|\bмое имя|\bзови меня)\s+([^\W\d_][\w'-]*)",
    re.IGNORECASE,
)
NOTES = "Notes so far:"  # how luka's request for a summary begins
NOTE_LIMIT = 80  # characters of a message that go into a summary
NOTES_LIMIT = 900  # characters of a summary


def questions(asked: Asked) -> list[str]:
    """What people said before the question, oldest first."""
    return [message.content for message in asked.earlier if message.role is Role.USER]


def name_of(asked: Asked) -> str:
    """The name told last, here or in the summary that stands in the system message; else ""."""
    return _last_name([asked.system, *questions(asked), asked.question])


def fold(asked: Asked) -> str:
    """A summary such as luka asks for: what people said, each thing in a few words."""
    before, _, talk = asked.question.removeprefix(NOTES).partition("Said next:")
    said = [line for line in talk.splitlines() if ": " in line and not line.startswith("Assistant")]
    notes = [before.strip().removeprefix("none"), *(line[:NOTE_LIMIT] for line in said)]
    return "; ".join(note for note in notes if note)[-NOTES_LIMIT:]


def is_fold(asked: Asked) -> bool:
    return asked.question.startswith(NOTES)


def _last_name(texts: Iterable[str]) -> str:
    found = [name for text in texts for name in NAME.findall(text)]
    return found[-1] if found else ""
