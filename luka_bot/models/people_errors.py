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


class NotTheirWords(NotPermitted):
    """In a group they take back their own questions alone; its administrators anybody's."""


class AdminStays(NotPermitted):
    """No admin can be banned."""


class OwnRole(NotPermitted):
    """Nobody takes the role of an admin from themselves: there might be none left."""


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


class SignInRefused(Refused):
    """Nobody learns which of the reasons it was."""


class TooManyAttempts(Refused):
    """seconds until one may try again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class AccountRefused(Refused):
    """Something about an account to sign in with."""


class PasswordWeak(AccountRefused):
    pass


class PasswordShort(PasswordWeak):
    """shortest: characters that it takes."""

    def __init__(self, shortest: int) -> None:
        super().__init__(shortest)
        self.shortest = shortest


class PasswordCommon(PasswordWeak):
    """Among the first that anybody would try."""


class LoginInvalid(AccountRefused):
    """No name to sign in with can look like this."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class LoginTaken(AccountRefused):
    """Somebody else signs in by this name."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class HasLogin(AccountRefused):
    """Nobody signs in by two names."""

    def __init__(self, login: str) -> None:
        super().__init__(login)
        self.login = login


class HasNoLogin(AccountRefused):
    """A password is no use to who has no name to sign in with."""


class FolderInvalid(AccountRefused):
    """It leads out of where people's files are."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.folder = folder


class LastAdmin(AccountRefused):
    """Without them nobody could sign in as an admin."""
