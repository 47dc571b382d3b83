"""The watchdog with all its checks."""

from collections.abc import Sequence

from luka_bot.models.clock import Clock
from luka_bot.storage.job_runs import JobRuns
from luka_bot.storage.writing_sign import WritingSign
from luka_bot.watch.check import WELL, AlarmName, Check, Look, Outcome, failing
from luka_bot.watch.checks import Checks
from luka_bot.watch.inbox_checks import InboxChecks
from luka_bot.watch.lag import LoopLag
from luka_bot.watch.probe import Probe
from luka_bot.watch.pulse import Pulse
from luka_bot.watch.senses import AskPush, Senses
from luka_bot.watch.watchdog import Beside, Teller, Watchdog


def build_watchdog(senses: Senses, tellers: Sequence[Teller], pulse: Pulse, now: Clock) -> Watchdog:
    """now: seconds since the epoch."""
    clock = senses.vitals.clock
    checks = Checks(senses, pulse, now)
    inbox = InboxChecks(senses, WritingSign(senses.storage), pulse, clock)
    lag, model = LoopLag(pulse, clock), Probe(checks.ask_model, pulse)

    async def answering() -> Outcome | None:
        failed = await checks.failures()
        return await model.look() if failed.ok else failed

    heard, beside = _hearing(senses, checks, pulse)
    every = (
        Check(AlarmName.STORAGE, checks.storage, pulse.raise_storage),
        Check(AlarmName.MODEL, answering, pulse.raise_model),
        *heard,
        Check(AlarmName.STUCK, inbox.stuck),
        Check(AlarmName.FULL, inbox.full, vital=False),
        Check(AlarmName.DEAD_LETTERS, inbox.dead_letters, vital=False),
        Check(AlarmName.LEASE, checks.lease, pulse.raise_storage),
        Check(AlarmName.TOKEN, checks.token),
        Check(AlarmName.LOOP, lag.look, vital=False),
        Check(AlarmName.JOBS, _jobs(senses, now), pulse.raise_jobs, vital=False),
    )
    return Watchdog(every, (lag.run, model.run, *beside), tellers, pulse, clock)


def _jobs(senses: Senses, now: Clock) -> Look:
    """A worker that ends one job before it takes the next makes no alarm: nobody may have taken
    any for as long as raise_jobs."""
    runs = JobRuns(senses.storage, now)

    async def jobs() -> Outcome:
        waiting = await runs.unattended()
        return failing(f"approved jobs wait ({waiting}), and none is done") if waiting else WELL

    return jobs


def _hearing(
    senses: Senses, checks: Checks, pulse: Pulse
) -> tuple[tuple[Check, ...], tuple[Beside, ...]]:
    """Whether updates come, by whichever way they do."""
    if senses.push is None:
        poll = Check(AlarmName.POLL, checks.poll, pulse.raise_silence, cure=senses.poll_anew)
        return (poll, Check(AlarmName.CONFLICT, checks.conflict)), ()
    ask: AskPush = senses.push
    push = Probe(lambda: checks.ask_webhook(ask), pulse)
    return (Check(AlarmName.WEBHOOK, push.look, pulse.raise_silence),), (push.run,)
