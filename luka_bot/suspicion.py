"""Whether the work for an update could be what ends the process, or only waits for its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Suspicion(Protocol):
    """Of one update. Neither waits nor raises, so nobody loses a place by it."""

    def rests(self) -> None: ...
    def rises(self) -> None: ...


SUSPICION: ContextVar[Suspicion | None] = ContextVar("suspicion", default=None)
"""Set for work on an update that somebody who died had before; inherited by its tasks."""


@contextmanager
def waiting() -> Iterator[None]:
    """Inside, nothing is done but waiting: whoever dies now wasn't killed by this work."""
    suspicion = SUSPICION.get()
    if suspicion is None:
        yield
        return
    suspicion.rests()
    yield
    suspicion.rises()
