"""What people are told who may not do what they are about to do."""

import math
from datetime import datetime
from zoneinfo import ZoneInfo

from luka_bot.locales import Words
from luka_bot.models.errors import Refused
from luka_bot.models.people_errors import (
    AdminStays,
    CheckFailed,
    DayLimitReached,
    FolderInvalid,
    HasLogin,
    HasNoLogin,
    InviteGone,
    LastAdmin,
    LoginInvalid,
    LoginTaken,
    NotLetIn,
    NotPermitted,
    NotTheirWords,
    OwnRole,
    PasswordCommon,
    PasswordShort,
    PersonGone,
    SignInRefused,
    TooFast,
    TooManyAttempts,
    ZoneUnknown,
)
from luka_bot.models.person import Access, Standing

_PLAIN: dict[type[Refused], str] = {
    CheckFailed: "refused.check_failed",
    NotTheirWords: "redact.not_yours",
    ZoneUnknown: "settings.zone_unknown",
    PersonGone: "refused.person_gone",
    InviteGone: "refused.invite_gone",
    PasswordCommon: "refused.password_common",
    LoginInvalid: "refused.login_invalid",
    LoginTaken: "refused.login_taken",
    HasLogin: "refused.has_login",
    HasNoLogin: "refused.has_no_login",
    FolderInvalid: "refused.folder",
    LastAdmin: "refused.last_admin",
    AdminStays: "refused.admin_stays",
    OwnRole: "refused.own_role",
    SignInRefused: "refused.sign_in",
}


_IN_SECONDS: dict[type[Refused], str] = {
    TooFast: "refused.too_fast",
    TooManyAttempts: "refused.attempts",
}


def people_refusal(words: Words, error: Refused) -> str | None:
    """Plain text; None for a refusal that isn't about who they are."""
    match error:
        case NotLetIn(standing=standing, access=access):
            return words(_not_let_in(standing, access))
        case NotPermitted(in_group=in_group) if type(error) not in _PLAIN:
            return words("refused.group_admins" if in_group else "refused.not_permitted")
        case TooFast(seconds=seconds) | TooManyAttempts(seconds=seconds):
            return words.count(_IN_SECONDS[type(error)], max(1, math.ceil(seconds)))
        case DayLimitReached(kind=kind, until=until, time_zone=zone):
            ends = datetime.fromtimestamp(until, ZoneInfo(zone))
            return words(f"refused.day.{kind}", time=f"{ends:%H:%M}", zone=zone)
        case PasswordShort(shortest=shortest):
            return words.count("refused.password_short", shortest)
    key = _PLAIN.get(type(error))
    return None if key is None else words(key, **vars(error))


def _not_let_in(standing: Standing, access: Access) -> str:
    if standing is Standing.BANNED:
        return "porch.banned"
    return "porch.closed" if access is Access.CLOSED else "porch.ask_first"
