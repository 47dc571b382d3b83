"""What this machine keeps from commands, found out by trying."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from luka_bot.config_fields.jobs import JobSettings
from luka_bot.executors.sandbox import bubblewrap, landlock, seccomp
from luka_bot.executors.sandbox.kernel import conceal
from luka_bot.executors.sandbox.lending import plain_user
from luka_bot.executors.sandbox.plan import Limits
from luka_bot.executors.sandbox.sandbox import Sandbox, Walls
from luka_bot.executors.sandbox.trial import Trial, tried

log = structlog.get_logger(__name__)

MB = 1 << 20
CORES = 8  # of one machine's, that a command may keep busy for all of its time


@dataclass(frozen=True, slots=True)
class Ability:
    """how: by what it is enforced, or why it isn't."""

    name: str
    enforced: bool
    how: str


@dataclass(frozen=True, slots=True)
class Abilities:
    """filesystem: sees the system and its own folder alone. network: has none. memory, processes,
    output: no more than it may have, and nothing is left of it."""

    filesystem: Ability
    network: Ability
    memory: Ability
    processes: Ability
    output: Ability

    @property
    def weak(self) -> tuple[Ability, ...]:
        each = (self.filesystem, self.network, self.memory, self.processes, self.output)
        return tuple(ability for ability in each if not ability.enforced)


@dataclass(frozen=True, slots=True)
class Detected:
    """sandbox: the strongest that works here. unused: why a stronger one doesn't, though its parts
    are there, or "". refusal: why no command can run at all, or ""."""

    sandbox: Sandbox
    walls: Walls
    abilities: Abilities
    unused: str = ""
    refusal: str = ""

    def say(self) -> None:
        """To the log, at a worker's start."""
        if self.refusal:
            log.error("sandbox.useless", why=self.refusal)
        if self.unused:
            log.warning("sandbox.unused", why=self.unused)
        for ability in self.abilities.weak:
            log.warning("sandbox.weak", lets=ability.name, why=ability.how)


async def detect(
    settings: JobSettings,
    root: Path,
    environment: Mapping[str, str],
    *,
    without: frozenset[str] = frozenset(),
) -> Detected:
    """root: of all workspaces; commands have to reach it. without: `bubblewrap`, `landlock`,
    `filter`, for machines that lack them."""
    limits = limits_of(settings)
    readable = tuple(part.strip() for part in settings.readable.split(",") if part.strip())
    await asyncio.to_thread(root.mkdir, parents=True, exist_ok=True)
    wrong = ""
    trial, walls = Trial(frozenset(), ""), Walls(uid=plain_user())
    for walls in _candidates(environment.get("PATH"), without):
        sandbox = Sandbox(walls, limits, root, readable=readable, network=False)
        trial = await _tried_below(root, sandbox)
        if trial.works:
            break
        wrong = wrong or trial.wrong
    if not walls.sees_little:
        conceal()
    allowed = Sandbox(walls, limits, root, readable=readable, network=settings.network)
    abilities = _abilities(walls, trial, settings)
    unused, refusal = (wrong, "") if trial.works else ("", wrong)
    return Detected(allowed, walls, abilities, unused, refusal)


def limits_of(settings: JobSettings) -> Limits:
    return Limits(
        memory=settings.memory_mb * MB,
        processes=settings.processes,
        cpu=int(settings.timeout * CORES) + 1,
        file=settings.quota_mb * MB,
        quota=settings.quota_mb * MB,
        files=settings.files,
    )


def _candidates(path: str | None, without: frozenset[str]) -> Iterator[Walls]:
    """The strongest first."""
    uid = plain_user()
    program = shutil.which(bubblewrap.PROGRAM, path=path)
    if program and "bubblewrap" not in without:
        yield Walls(bubblewrap=program, uid=uid)
    files = landlock.version() > 0 and "landlock" not in without
    sockets = seccomp.is_possible() and "filter" not in without
    if files and sockets:
        yield Walls(landlock=True, filters_sockets=True, uid=uid)
    if files:
        yield Walls(landlock=True, uid=uid)
    if sockets:
        yield Walls(filters_sockets=True, uid=uid)
    yield Walls(uid=uid)


async def _tried_below(root: Path, sandbox: Sandbox) -> Trial:
    """In a folder like a person's, beside another's."""
    with tempfile.TemporaryDirectory(prefix=".trial-", dir=root) as place:
        return await tried(sandbox, Path(place))


def _abilities(walls: Walls, trial: Trial, settings: JobSettings) -> Abilities:
    lets = trial.lets
    return Abilities(
        filesystem=_files(walls, lets),
        network=_network(walls, lets, allowed=settings.network),
        memory=_named("memory", lets, "each process by the kernel, all together by watching"),
        processes=_processes(walls, lets),
        output=Ability("output", enforced=True, how="each file by the kernel, all by watching"),
    )


def _files(walls: Walls, lets: frozenset[str]) -> Ability:
    if lets & {"read", "write"}:
        why = "neither bubblewrap nor Landlock (Linux 5.13) works here"
        return Ability("filesystem", enforced=False, how=why)
    if walls.bubblewrap:
        return Ability("filesystem", enforced=True, how="bubblewrap")
    if landlock.version() < landlock.WHOLE:
        why = "Landlock before Linux 6.2 lets commands cut files short; bubblewrap doesn't"
        return Ability("filesystem", enforced=False, how=why)
    return Ability("filesystem", enforced=True, how="Landlock")


def _network(walls: Walls, lets: frozenset[str], *, allowed: bool) -> Ability:
    if allowed:
        return Ability("network", enforced=True, how="allowed by JOBS__NETWORK")
    how = "bubblewrap" if walls.bubblewrap else "no program may open a socket"
    return _named("network", lets, how)


def _processes(walls: Walls, lets: frozenset[str]) -> Ability:
    """A supervisor that a command can kill ends nothing."""
    is_apart = walls.bubblewrap or walls.uid is not None
    if "processes" not in lets and not is_apart:
        is_scoped = walls.landlock and landlock.version() >= landlock.SIGNALS
        if not is_scoped:
            why = "a command can end luka's own processes, and then stay; bubblewrap prevents that"
            return Ability("processes", enforced=False, how=why)
    return _named("processes", lets, "counted by the kernel, ended with the job")


def _named(name: str, lets: frozenset[str], how: str) -> Ability:
    if name in lets:
        return Ability(name, enforced=False, how="this system doesn't enforce it")
    return Ability(name, enforced=True, how=how)
