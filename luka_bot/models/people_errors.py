"""What people are refused for who they are; the tree stands in errors.py."""

from luka_bot.models.errors import Refused
from luka_bot.models.person import Access, Standing


class NotLetIn(Refused):
    def __init__(self, standing: Standing, access: Access) -> None:
        super().__init__(standing, access)
        self.standing = standing
        self.access = access


class NotPermitted(Refused):
    """in_group: only the group's own administrators may."""

    def __init__(self, *, in_group: bool = False) -> None:
        super().__init__(in_group)
        self.in_group = in_group


class TooFast(Refused):
    """seconds until there is room again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class DayLimitReached(Refused):
    """kind: messages, tokens or seconds. until: seconds since the epoch, in time_zone (IANA)."""

    def __init__(self, kind: str, until: float, time_zone: str) -> None:
        super().__init__(kind, until, time_zone)
        self.kind = kind
        self.until = until
        self.time_zone = time_zone


class CheckFailed(Refused):
    """Asked again a moment later it may go well."""


class NotTheirWords(Refused):
    """Only the group's own administrators may, and admins."""


class ZoneUnknown(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PersonGone(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class InviteGone(Refused):
    """Nobody learns which of the reasons it was."""
