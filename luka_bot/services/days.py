"""When a person's day ends, where they live."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def zone(name: str) -> ZoneInfo:
    """Raises ZoneInfoNotFoundError or ValueError for what is none."""
    return ZoneInfo(name)


def day_end(now: float, time_zone: str) -> float:
    """The next midnight there; both in seconds since the epoch."""
    here = datetime.fromtimestamp(now, zone(time_zone))
    morning = datetime.combine(here.date() + timedelta(days=1), datetime.min.time())
    return morning.replace(tzinfo=zone(time_zone)).timestamp()
