"""Every setting as it is in force, for whoever runs luka, without secrets."""

from luka_bot.config import Settings
from luka_bot.logs import redact


def lines(settings: Settings) -> list[str]:
    """`NAME=value`, in the order of the manual."""
    return [redact(f"{name.upper()}={value}") for name, value in settings.model_dump().items()]
