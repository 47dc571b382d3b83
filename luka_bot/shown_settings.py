"""Every setting as it is in force, for whoever runs luka, without secrets."""

import re

from luka_bot.config import Settings
from luka_bot.logs import redact

_USER = re.compile(r"(://)[^/\s:@\"']+@")  # without a password it may be a key


def lines(settings: Settings) -> list[str]:
    """`NAME=value`, in the order of the manual."""
    return [
        _USER.sub(r"\1[user]@", redact(f"{name.upper()}={value}"))
        for name, value in settings.model_dump().items()
    ]
