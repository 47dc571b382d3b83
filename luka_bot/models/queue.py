"""The line in front of the model, as whoever looks after luka sees it."""

from dataclasses import dataclass

from luka_bot.models.ids import UserId


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """place: its short name. since: when it was asked, seconds since the epoch. position: from 1
    among those who wait, 0 for who is being answered."""

    place: str
    person: UserId
    since: float
    position: int

    @property
    def running(self) -> bool:
        return self.position == 0
