"""When a person's day ends, where they live, and what it holds."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from luka_bot.models.person import Limits, Usage


@cache
def zone(name: str) -> ZoneInfo:
    """Raises ZoneInfoNotFoundError or ValueError for what is none."""
    return ZoneInfo(name)


def day_end(now: float, time_zone: str) -> float:
    """The next midnight there; both in seconds since the epoch."""
    here = datetime.fromtimestamp(now, zone(time_zone))
    morning = datetime.combine(here.date() + timedelta(days=1), datetime.min.time())
    return morning.replace(tzinfo=zone(time_zone)).timestamp()


def holding(own: Limits, usual: Limits) -> Limits:
    """What holds for somebody with these of their own."""
    return Limits(
        usual.messages if own.messages is None else own.messages,
        usual.tokens if own.tokens is None else own.tokens,
        usual.seconds if own.seconds is None else own.seconds,
    )


def is_over(usage: Usage, limits: Limits, now: float) -> bool:
    """Whether a day's limit is reached, and the day isn't over."""
    pairs = (
        (usage.messages, limits.messages),
        (usage.tokens, limits.tokens),
        (usage.seconds, limits.seconds),
    )
    return now < usage.until and any(limit and used >= limit for used, limit in pairs)
