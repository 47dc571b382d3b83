"""When something happened, as an admin's clock shows it."""

from datetime import datetime

from luka_bot.services.days import zone


def moment(seconds: float, time_zone: str) -> str:
    """seconds since the epoch."""
    return f"{datetime.fromtimestamp(seconds, zone(time_zone)):%Y-%m-%d %H:%M}"


def clock_time(seconds: float, time_zone: str) -> str:
    return f"{datetime.fromtimestamp(seconds, zone(time_zone)):%H:%M}"
