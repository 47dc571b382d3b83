"""What the inbox tells: too much, too old, or given up."""

from luka_bot.models.clock import Clock
from luka_bot.storage.writing_sign import WritingSign
from luka_bot.watch.check import WELL, Outcome, failing
from luka_bot.watch.pulse import Pulse
from luka_bot.watch.senses import Senses

NEARLY_FULL = 0.9  # of INBOX_LIMIT
FAR_TOO_LONG = 6  # times the usual patience; then it is stuck, whatever others are answered


class InboxChecks:
    """clock is monotonic."""

    def __init__(self, senses: Senses, sign: WritingSign, pulse: Pulse, clock: Clock) -> None:
        self._senses = senses
        self._sign = sign
        self._pulse = pulse
        self._clock = clock
        self._died: tuple[int, int] | None = None
        self._died_at = float("-inf")

    async def stuck(self) -> Outcome:
        """An old update is no trouble as long as answers are being written: its turn comes."""
        writing = self._senses.vitals.writing > 0
        if writing:
            await self._sign.give()
        oldest = (await self._senses.records.state()).oldest
        if oldest <= self._pulse.stuck:
            return WELL
        if oldest <= FAR_TOO_LONG * self._pulse.stuck and (writing or await self._sign.seen()):
            return Outcome(
                ok=True, detail=f"an update waits for {oldest:.0f} s, others are answered"
            )
        return failing(f"an update waits for {oldest:.0f} s")

    async def full(self) -> Outcome:
        depth, limit = (await self._senses.records.state()).depth, self._senses.inbox_limit
        if depth < NEARLY_FULL * limit:
            return WELL
        return failing(f"{depth} updates wait; from {limit} on Telegram keeps them")

    async def dead_letters(self) -> Outcome:
        """Those that were there when we started were told then. How many there are doesn't say
        whether there is a new one: admins take some out, and of too many the oldest are dropped."""
        state = await self._senses.records.state()
        died = _moment(state.died)
        if self._died is not None and died > self._died:
            self._died_at = self._clock()
        self._died = max(died, self._died or died)
        if self._clock() - self._died_at > self._pulse.shock:
            return WELL
        return failing(f"an update couldn't be handled; {state.dead} in the last 14 days")


def _moment(entry: str) -> tuple[int, int]:
    """Of a stream's entry; before all of them for ""."""
    milliseconds, _, number = entry.partition("-")
    return int(milliseconds or 0), int(number or 0)
