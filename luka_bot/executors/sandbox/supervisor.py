"""The process between luka and a command: it measures, ends what is left, and says how it went.

Started with the number of a socket, on which it reads a Plan and answers with an End. If the other
end is closed, because nobody wants the command any more or luka has died, it ends everything. It
hasn't luka's environment, and where it can be helped nothing of the command gets at it.
"""

import os
import select
import signal
import socket
import sys
from contextlib import suppress

from luka_bot.executors.sandbox import confine, tree
from luka_bot.executors.sandbox.disk import exceeds
from luka_bot.executors.sandbox.kernel import CHILD_SUBREAPER, prctl
from luka_bot.executors.sandbox.plan import End, Excess, Limits, Plan

LOOK = 0.2  # s; what a command can take meanwhile it takes
LOOKS_PER_MEASURE = 3  # of the disk; a folder of thousands takes longer to count than processes
KILLED = 128 + signal.SIGKILL


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)  # noqa: FBT003 - takes no keyword
    with control, control.makefile("rb") as told:
        line = told.readline()
        if line:
            end = _run(Plan.read(line), control)
            with suppress(OSError):
                control.sendall(end.line())


def _run(plan: Plan, control: socket.socket) -> End:
    if sys.platform == "linux":
        prctl(CHILD_SUBREAPER, 1)  # whoever loses its parents becomes a child of ours
    woken = _wake_on_child()
    try:
        leader, wrong = _start(plan)
        try:
            if wrong:
                return End(127, Excess.START, wrong)
            return _Watch(plan, leader, control, woken).until_end()
        finally:
            tree.end_all(leader)  # whatever goes wrong here
    finally:
        os.close(woken)


def _wake_on_child() -> int:
    """Readable when a child has ended."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return woken


def _start(plan: Plan) -> tuple[int, str]:
    """Its number, and why it didn't begin."""
    heard, said = os.pipe()  # closed by the program's start
    pid = os.fork()
    if pid == 0:
        try:
            confine.become(plan)
        except BaseException as error:  # noqa: BLE001 - told; nothing may run on here
            os.write(said, (str(error) or repr(error)).encode("utf-8", "replace")[:500])
        finally:
            os._exit(127)
    os.close(said)
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nothing, each)
    with open(heard, "rb") as wrong:  # noqa: PTH123 - no path
        return pid, wrong.read().decode("utf-8", "replace")


class _Watch:
    def __init__(self, plan: Plan, leader: int, control: socket.socket, woken: int) -> None:
        self._plan = plan
        self._leader = leader
        self._control = control
        self._woken = woken
        self._looks = 0

    def until_end(self) -> End:
        status: int | None = None
        excess = Excess.NOTHING
        while status is None and not excess and not self._is_unwanted():
            status = (tree.reap() or {}).get(self._leader)
            excess = self._excess()
        tree.end_all(self._leader)
        excess = excess or self._too_much_on_disk()
        if status is None:
            return End(KILLED, excess)
        code = os.waitstatus_to_exitcode(status)
        if code == -signal.SIGXFSZ:
            excess = Excess.OUTPUT
        return End(code if code >= 0 else 128 - code, excess)

    def _is_unwanted(self) -> bool:
        awaited: list[socket.socket | int] = [self._control, self._woken]
        ready, _, _ = select.select(awaited, [], [], LOOK)
        if self._woken in ready:
            with suppress(BlockingIOError):
                os.read(self._woken, 4096)
        return self._control in ready  # nobody says anything there: it was closed

    def _excess(self) -> Excess:
        limits: Limits = self._plan.limits
        self._looks += 1
        if tree.memory(tree.living(os.getpid()), limits.memory) > limits.memory:
            return Excess.MEMORY
        if self._looks % LOOKS_PER_MEASURE:
            return Excess.NOTHING
        return self._too_much_on_disk()

    def _too_much_on_disk(self) -> Excess:
        most = self._plan.limits
        is_much = exceeds(self._plan.places, most.quota, most.files)
        return Excess.OUTPUT if is_much else Excess.NOTHING


if __name__ == "__main__":
    main()
