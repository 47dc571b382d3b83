"""Signs of life that a process leaves where things happen, for the watchdog to read."""

from dataclasses import dataclass

from luka_bot.models.clock import Clock


@dataclass(slots=True)
class Vitals:
    """One a process; each sign has one writer. clock and all moments are monotonic seconds."""

    clock: Clock
    polls: bool = False  # this process asks Telegram for updates; a stand-by doesn't
    holds_lease: bool | None = None  # our inbox is ours alone to work on; None before we joined
    writing: int = 0  # answers that a model is writing for this process
    polled_at: float | None = None
    contested_at: float | None = None  # a 409 for which another replica may have had our place
    conflict_at: float | None = None  # a 409 although the place was ours
    refused_at: float | None = None
    lease_lost_at: float | None = None
    model_writes: bool = False  # the last answer that it was asked for came
    model_failures: int = 0
    model_failed_at: float | None = None
    model_said: str = ""

    def begin_polling(self) -> None:
        """Polling: the poll lease is ours."""
        self.polls, self.polled_at = True, None

    def end_polling(self) -> None:
        """Polling: it is ours no more, and whoever asks instead of us may do so."""
        self.polls, self.contested_at = False, None

    def place_kept(self, asked_at: float) -> None:
        """Polling: the lease was still ours after we asked."""
        if self.contested_at is not None and self.contested_at < asked_at:
            self.contested_at, self.conflict_at = None, asked_at

    def polled(self) -> None:
        """Poller: Telegram has answered a getUpdates."""
        self.polled_at, self.refused_at = self.clock(), None

    def conflict(self) -> None:
        """Poller: 409, somebody else polls with our token. After an outage of Redis that may be
        another replica."""
        self.contested_at = self.clock()

    def refused(self) -> None:
        """Poller and webhook: 401, Telegram doesn't know our token any more."""
        self.refused_at = self.clock()

    def accepted(self) -> None:
        """Webhook: Telegram has answered a call with our token."""
        self.refused_at = None

    def lease_taken(self) -> None:
        """Replica: it has joined, and has an inbox of its own."""
        self.holds_lease = True

    def lease_ended(self) -> None:
        """Replica: Redis hasn't heard from us for so long that others may take our inbox."""
        self.holds_lease = False

    def lease_lost(self) -> None:
        """Replica: another one has taken our inbox."""
        self.holds_lease, self.lease_lost_at = False, self.clock()

    def model_answered(self) -> None:
        self.model_failures, self.model_said, self.model_writes = 0, "", True

    def model_failed(self, why: str) -> None:
        """why is a name of ours; what the server said may hold a person's text."""
        self.model_failures, self.model_said = self.model_failures + 1, why
        self.model_failed_at, self.model_writes = self.clock(), False
