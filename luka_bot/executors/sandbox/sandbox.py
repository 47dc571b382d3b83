"""Starts commands with as much around them as this machine can enforce."""

import asyncio
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from luka_bot.executors.sandbox import bubblewrap
from luka_bot.executors.sandbox.lending import kept_small, lent, scratch
from luka_bot.executors.sandbox.plan import End, Excess, Limits, Plan, Sockets
from luka_bot.executors.sandbox.streams import as_file, reading
from luka_bot.executors.sandbox.system import DEVICES, FACTS, NAMES, PROGRAMS

log = structlog.get_logger(__name__)

HOME = Path(__file__).parents[3]  # where the supervisor finds luka's code
STOP = 20.0  # s; the supervisor ends a tree within 10


@dataclass(frozen=True, slots=True)
class Walls:
    """What is around a command. bubblewrap: its program, "" for without. uid: who it runs as, None
    for whoever luka is."""

    bubblewrap: str = ""
    landlock: bool = False
    filters_sockets: bool = False
    uid: int | None = None

    @property
    def sees_little(self) -> bool:
        return bool(self.bubblewrap) or self.landlock

    def __str__(self) -> str:
        inner = [("Landlock", self.landlock), ("a filter of sockets", self.filters_sockets)]
        names = ["bubblewrap"] if self.bubblewrap else [name for name, there in inner if there]
        return ", ".join([*names, "limits"])


@dataclass(frozen=True, slots=True)
class Command:
    """asked: what it reads from its standard input."""

    argv: tuple[str, ...]
    env: dict[str, str]
    folder: Path
    asked: bytes = b""


class Running:
    """A command under way; its streams end when it does."""

    def __init__(
        self,
        out: asyncio.StreamReader,
        err: asyncio.StreamReader,
        told: asyncio.StreamReader,
        ending: "_Ending",
    ) -> None:
        self.out = out
        self.err = err
        self._told = told
        self._ending = ending

    async def ended(self) -> End:
        """When nothing of it is left."""
        line = await self._told.readline()
        end = End.read(line) if line else End(127, detail="its supervisor was killed")
        self._ending.is_too_much = end.excess is Excess.OUTPUT
        return end


@dataclass(slots=True)
class _Ending:
    is_too_much: bool = False


class Sandbox:
    """root: above everybody's folders. readable: folders of the operator's that it may read."""

    def __init__(
        self, walls: Walls, limits: Limits, root: Path, *, readable: tuple[str, ...], network: bool
    ) -> None:
        self._walls = walls
        self._limits = limits
        self._root = root.resolve()
        self._readable = readable
        self._network = network

    @asynccontextmanager
    async def start(self, command: Command, *, is_trial: bool = False) -> AsyncIterator[Running]:
        """Leaving it ends the command and all that it began, at once.

        Raises Unmeasurable where the folder can't be looked after.
        """
        uid = self._walls.uid
        end = _Ending()
        async with AsyncExitStack() as stack:
            folder = command.folder.resolve()
            await stack.enter_async_context(lent(folder, self._root, uid))
            kept = kept_small(folder, self._limits, lambda: end.is_too_much)
            await stack.enter_async_context(kept)
            own = await stack.enter_async_context(scratch(uid))
            plan = replace(self._plan(command, folder, own), is_trial=is_trial)
            out, err, told = await self._running(plan, command.asked, stack)
            yield Running(out, err, told, end)

    async def _running(
        self, plan: Plan, asked: bytes, stack: AsyncExitStack
    ) -> tuple[asyncio.StreamReader, asyncio.StreamReader, asyncio.StreamReader]:
        question = stack.enter_context(as_file(asked))
        out, out_end = await stack.enter_async_context(reading())
        err, err_end = await stack.enter_async_context(reading())
        ours, theirs = socket.socketpair()
        with ours, theirs, out_end, err_end:
            supervisor = await asyncio.create_subprocess_exec(
                *(sys.executable, "-S", "-P", "-m", "luka_bot.executors.sandbox.supervisor"),
                str(theirs.fileno()),
                stdin=question,
                stdout=out_end,
                stderr=err_end,
                cwd="/",
                env={"PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
            control = ours.dup()
        stack.push_async_callback(_gone, supervisor)
        stack.callback(control.close)  # also where we are cancelled in the next line
        told, teller = await asyncio.open_connection(sock=control)
        stack.callback(_drop, teller)
        teller.write(plan.line())
        return out, err, told

    def _plan(self, command: Command, folder: Path, own: Path) -> Plan:
        walls, network = self._walls, self._network
        plan = Plan(
            argv=command.argv,
            env=command.env,
            folder=str(folder),
            limits=self._limits,
            places=(str(folder), str(own)),
            uid=walls.uid,
        )
        if walls.bubblewrap:
            around = bubblewrap.arguments(
                walls.bubblewrap, plan.argv, plan.folder, self._readable, network=network
            )
            return replace(plan, argv=around)
        plan = replace(plan, env=plan.env | {"TMPDIR": str(own)})
        if walls.filters_sockets:
            plan = replace(plan, sockets=Sockets.INTERNET if network else Sockets.NONE)
        if not walls.landlock:
            return plan
        names = (NAMES,) if network else ()
        readable = (*PROGRAMS, *FACTS, *names, "/proc", *self._readable)
        return replace(plan, readable=readable, writable=(str(folder), str(own), *DEVICES))


def _drop(teller: asyncio.StreamWriter) -> None:
    """A stack that calls this keeps it until then; a writer that nobody has closes by itself."""
    teller.transport.abort()


async def _gone(supervisor: Process) -> None:
    """Its socket is closed by now, so it ends everything."""
    try:
        async with asyncio.timeout(STOP):
            await supervisor.wait()
    except TimeoutError:
        log.error("sandbox.stuck", pid=supervisor.pid)  # noqa: TRY400 - where it hangs says all
        supervisor.kill()
        await supervisor.wait()
