"""Whether we hear Telegram, and whether what we need answers."""

import asyncio

from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError, StorageAway, StorageRefuses
from luka_bot.watch.check import WELL, Outcome, failing, mild
from luka_bot.watch.pulse import Pulse
from luka_bot.watch.senses import AskPush, Senses

FAILURES = 3  # answers in a row that the model failed, whatever its server says of itself


class Checks:
    """now: seconds since the epoch."""

    def __init__(self, senses: Senses, pulse: Pulse, now: Clock) -> None:
        self._senses = senses
        self._vitals = senses.vitals
        self._pulse = pulse
        self._now = now

    async def storage(self) -> Outcome:
        try:
            async with asyncio.timeout(self._pulse.answer):
                await self._senses.storage.ping()
        except TimeoutError:
            return failing("Redis doesn't answer")
        except StorageRefuses as error:
            return failing(f"Redis takes no writes ({error.why})")
        except StorageAway:
            return failing("Redis doesn't answer")
        return WELL

    async def poll(self) -> Outcome | None:
        """A token that is refused is an alarm of its own."""
        if self._vitals.refused_at is not None:
            return None
        if not self._vitals.polls:
            return await self._somebody_polls()
        if self._vitals.polled_at is None:
            return failing("Telegram hasn't answered a poll yet")
        age = self._vitals.clock() - self._vitals.polled_at
        if age > self._pulse.poll:
            return failing(f"the last poll succeeded {age:.0f} s ago")
        return Outcome(ok=True, detail=f"polled {age:.0f} s ago")

    async def conflict(self) -> Outcome:
        if not self._lately(self._vitals.conflict_at, self._pulse.conflict):
            return WELL
        return failing("another program asks for updates with the same token (409)")

    async def token(self) -> Outcome:
        if self._vitals.refused_at is None:
            return WELL
        return failing("Telegram doesn't know our token any more (401)")

    async def lease(self) -> Outcome | None:
        """Without Redis nobody has a lease; that is an alarm of its own."""
        await self._senses.storage.ping()
        if self._vitals.holds_lease is None:
            return None
        if not self._vitals.holds_lease:
            return failing("this replica couldn't renew its lease, and works on nothing")
        if self._lately(self._vitals.lease_lost_at, self._pulse.shock):
            return mild("this replica lost its lease, and has begun again")
        return WELL

    async def ask_model(self) -> Outcome:
        """For a probe: it may take as long as the client allows."""
        wanted = self._senses.model_name()
        try:
            names = {model.name for model in await self._senses.model.installed()}
        except ModelError as error:
            return failing(f"the model's server doesn't answer ({type(error).__name__})")
        listed = not names.isdisjoint({wanted, f"{wanted}:latest"})
        if not listed and (self._senses.tells_all or not self._vitals.model_writes):
            return failing(f"the server hasn't got {wanted}")
        return WELL

    async def failures(self) -> Outcome:
        """What the answers themselves tell of the model, as long as they are news."""
        count = self._vitals.model_failures
        lately = self._lately(self._vitals.model_failed_at, self._pulse.failures)
        if count < FAILURES or not lately:
            return WELL
        return failing(f"the last {count} answers failed ({self._vitals.model_said})")

    async def ask_webhook(self, ask: AskPush) -> Outcome:
        """For a probe."""
        match await ask():
            case None:
                return failing("Telegram doesn't answer")
            case state if not state.ours:
                return failing("Telegram has another webhook than ours, or none")
            case state if state.pending and self._recent(state.failed_ago):
                return failing(f"Telegram can't bring us {state.pending} updates")
            case _:
                return WELL

    async def _somebody_polls(self) -> Outcome:
        last = await self._senses.records.last_polled()
        if last is None or self._now() - last > self._pulse.poll:
            return failing("no replica polls")
        return Outcome(ok=True, detail=f"another replica polled {self._now() - last:.0f} s ago")

    def _recent(self, seconds: float | None) -> bool:
        return seconds is not None and seconds <= self._pulse.push

    def _lately(self, moment: float | None, seconds: float) -> bool:
        return moment is not None and self._vitals.clock() - moment <= seconds
