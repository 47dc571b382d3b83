"""How often the watchdog looks, and how patient it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds. raise_…: how long a check has to fail until its alarm is raised."""

    between: float = 5.0  # two rounds
    closely: float = 0.5  # the same while something is wrong
    answer: float = 2.0  # for one look
    probe: float = 30.0  # two questions to the model's server, or to Telegram about the webhook
    probe_again: float = 5.0  # the same while it doesn't answer
    poll_wait: int = 30  # that Telegram may hold a poll; it allows 50
    poll: float = 45.0  # since the last poll: poll_wait, and what its answer may take
    conflict: float = 120.0  # for which a 409 counts
    failures: float = 300.0  # for which failed answers count, if nobody asks again
    push: float = 300.0  # for which a failed push counts; Telegram pauses ever longer between two
    shock: float = 60.0  # for which a lost lease, a stall of the loop or a dead letter counts
    stuck: float = 600.0  # that an update may wait while nothing is being written
    lag: float = 2.0  # that the event loop may be late
    raise_storage: float = 5.0
    raise_model: float = 15.0
    raise_silence: float = 45.0  # with `poll`: deaf for 90 s
    raise_jobs: float = 300.0  # for which approved jobs wait and none is done
    clear: float = 10.0  # that a check has to be well until its alarm is over


USUAL = Pulse()
