"""A Telegram of our own: the Bot API over HTTP, people who use it, and eyes for tests."""

from luka_bot.demo.telegram.faults import Fault, Faults
from luka_bot.demo.telegram.flood import Limits, Rate
from luka_bot.demo.telegram.furnish import furnish
from luka_bot.demo.telegram.journal import ApiCall
from luka_bot.demo.telegram.local import LocalTelegram
from luka_bot.demo.telegram.people import Group, Person
from luka_bot.demo.telegram.shown import ShownMessage

__all__ = [
    "ApiCall",
    "Fault",
    "Faults",
    "Group",
    "Limits",
    "LocalTelegram",
    "Person",
    "Rate",
    "ShownMessage",
    "furnish",
]
