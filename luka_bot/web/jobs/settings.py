"""How jobs are done here, for whoever looks after it."""

from collections.abc import Mapping
from dataclasses import dataclass

from luka_bot.config_fields.jobs import JobType
from luka_bot.models.job import PRIORITIES, USUAL_PRIORITY

_OF_JOBS = ("PROCESSING_MODE", "MAX_CONCURRENT_JOBS", "WORKER", "WORKSPACES_DIR", "JOBS__")


@dataclass(frozen=True, slots=True)
class Shown:
    """lines: settings of jobs as they are in force, without secrets. kinds: endings of files that
    are taken. upload: bytes of a file."""

    auto: bool
    at_once: int
    types: Mapping[str, JobType]
    lines: tuple[tuple[str, str], ...]
    kinds: frozenset[str]
    upload: int

    @property
    def titles(self) -> dict[str, str]:
        """As people see the types of jobs."""
        return {name: kind.title or name for name, kind in self.types.items()}

    @property
    def priorities(self) -> tuple[int, ...]:
        """What goes first stands first."""
        return tuple(reversed(PRIORITIES))

    @property
    def usual(self) -> int:
        return USUAL_PRIORITY


def of_jobs(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Those of the settings that are about jobs, by name and value."""
    pairs = (line.partition("=") for line in lines)
    return tuple((name, value) for name, _, value in pairs if name.startswith(_OF_JOBS))
