"""What may go wrong, each looked at by one small function."""

from luka_bot.models.clock import Clock
from luka_bot.watch.pulse import Pulse
from luka_bot.watch.senses import Senses
from luka_bot.watch.watchdog import Teller, Watchdog


def watchdog_over(
    senses: Senses, tellers: tuple[Teller, ...], pulse: Pulse, now: Clock
) -> Watchdog:
    """now: seconds since the epoch. Checks use senses.vitals.clock, which is monotonic, as well."""
    raise NotImplementedError
