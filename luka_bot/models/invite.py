"""An invitation: whoever opens its link is let in, as long as it lives."""

from dataclasses import dataclass

from luka_bot.models.ids import UserId

PREFIX = "i_"  # of what stands behind ?start= in an invite's link
SHARE_PREFIX = "j_"  # the same in the link of a shared thread


@dataclass(frozen=True, slots=True)
class Invite:
    """digest names it, and tells nothing of its link. left: uses; None for any number. until:
    seconds since the epoch. note and by_name: its maker's words, and how they are called."""

    digest: str
    left: int | None
    used: int
    until: float
    note: str
    by: UserId
    by_name: str
