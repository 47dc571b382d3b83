"""What a handler leaves to be done after it has returned."""

from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Told(Exception):
    """What broke is its cause, and the person has been told already."""


class Handover:
    """One per update. The update counts as done only when the work taken here has ended, but its
    lane goes on at once: so a long answer never holds up the next message of the same chat."""

    def __init__(self) -> None:
        self.work: Work | None = None

    def take(self, work: Work) -> None:
        self.work = work
