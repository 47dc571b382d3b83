"""What the scripted model knows of a conversation: only what it was really sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from luka_bot.demo.model.reply import Asked
from luka_bot.models.message import Role

NAME = re.compile(
    r"(?:\bmy name is|\bcall me|\bменя зовут|\bмоё имя|\bмое имя|\bзови меня|\bзовите меня)"
    r"\s+([^\W\d_][\w'-]*)",
    re.IGNORECASE,
)
SPEAKER = re.compile(r"([^:\n]{1,64}): ")  # how luka marks who speaks, where several people do
NOTES = "Notes so far:"  # how luka's request for a summary begins
NOTE_LIMIT = 80  # characters of a message that go into a summary
NOTES_LIMIT = 900  # characters of a summary


@dataclass(frozen=True, slots=True)
class Heard:
    """A question, and what stands before it.

    speaker is the asker's name as luka gives it where several people speak, else "". said are the
    asker's own words before the question, oldest first; earlier and people count all messages and
    those of people.
    """

    question: str
    speaker: str
    said: tuple[str, ...]
    system: str
    earlier: int
    people: int

    @property
    def name(self) -> str:
        """The name that the asker told last, here or in a summary of a talk for two; else ""."""
        notes = "" if self.speaker else self.system
        return _last_name([notes, *self.said, self.question])


def hear(asked: Asked) -> Heard:
    texts = [message.content for message in asked.earlier if message.role is Role.USER]
    spoken = [_speaker_and_words(text) for text in [*texts, asked.question]]
    speakers = {name for name, _ in spoken}
    if "" in speakers or len(speakers) == 1:
        spoken = [("", text) for text in [*texts, asked.question]]
    speaker, question = spoken[-1]
    return Heard(
        question=question,
        speaker=speaker,
        said=tuple(words for name, words in spoken[:-1] if name == speaker),
        system=asked.system,
        earlier=len(asked.earlier),
        people=len(texts),
    )


def fold(asked: Asked) -> str:
    """A summary such as luka asks for: what people said, each thing in a few words."""
    before, _, talk = asked.question.removeprefix(NOTES).partition("Said next:")
    said = [line for line in talk.splitlines() if ": " in line and not line.startswith("Assistant")]
    notes = [before.strip().removeprefix("none"), *(line[:NOTE_LIMIT] for line in said)]
    return "; ".join(note for note in notes if note)[-NOTES_LIMIT:]


def is_fold(asked: Asked) -> bool:
    return asked.question.startswith(NOTES)


def _speaker_and_words(text: str) -> tuple[str, str]:
    found = SPEAKER.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _last_name(texts: Iterable[str]) -> str:
    found = [name for text in texts for name in NAME.findall(text)]
    return found[-1] if found else ""
