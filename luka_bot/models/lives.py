"""How long what people said is kept, as the operator decides."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Lives:
    """Each from its last use on. history is never longer than threads."""

    threads: timedelta = timedelta(days=30)
    history: timedelta = timedelta(days=7)


USUAL = Lives()
