"""What people write when they hand in a job: its priority, its type, and what it is about."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from luka_bot.models.job import PROMPT_LIMIT, Job, within
from luka_bot.models.job_errors import PromptInvalid

TITLE = 60  # characters
_MARK = re.compile(r"(?:!(?P<priority>[1-9])|#(?P<type>[a-z0-9][a-z0-9_-]{0,15}))(?=\s|$)\s*")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written; None where it isn't said."""

    prompt: str | None = None
    priority: int | None = None
    job_type: str | None = None

    def fields(self) -> dict[str, str]:
        """As they are stored. Raises PromptInvalid."""
        found = {}
        if self.prompt is not None:
            found["prompt"] = self.prompt.strip()
            if not found["prompt"] or len(found["prompt"]) > PROMPT_LIMIT:
                raise PromptInvalid(PROMPT_LIMIT)
        if self.priority is not None:
            found["priority"] = str(within(self.priority))
        if self.job_type is not None:
            found["job_type"] = self.job_type
        return found


def read_wish(text: str, types: Collection[str]) -> Wish:
    """`!8 #report text`: marks in front, in any order, each of them at will. What begins like a
    mark and names no type that there is belongs to the text."""
    priority, job_type = None, None
    rest = text.strip()
    while found := _MARK.match(rest):
        if found["priority"]:
            priority = int(found["priority"])
        elif found["type"] in types:
            job_type = found["type"]
        else:
            break
        rest = rest[found.end() :]
    return Wish(rest, priority, job_type)


def title_of(job: Job) -> str:
    """Its prompt in one short line."""
    line = " ".join(job.prompt.split())
    return line if len(line) <= TITLE else line[: TITLE - 1].rstrip() + "…"
