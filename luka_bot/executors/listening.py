"""What a command says while it works: its text, and lines of progress."""

import asyncio
import re
from dataclasses import dataclass

from luka_bot.executors.sandbox.plan import End
from luka_bot.executors.sandbox.sandbox import Running
from luka_bot.executors.sandbox.streams import CHUNK
from luka_bot.models.job import Failure
from luka_bot.models.job_errors import JobFailed
from luka_bot.services.jobs.work import Tell

SAID_LIMIT = 10_000_000  # bytes; beyond that nobody reads it
LINE_LIMIT = 200  # characters of a line of progress
_KEPT = 4096  # bytes of a line that has no end
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Heard:
    """said: its standard output. last: the last line of its standard error."""

    said: bytes
    last: str
    end: End


async def listen(running: Running, tell: Tell) -> Heard:
    """To its end. Raises JobFailed where it says more than anybody reads, and what tell raises."""
    progress = Progress()
    try:
        async with asyncio.TaskGroup() as group:
            said = group.create_task(_said(running.out))
            group.create_task(_told(running.err, progress, tell))
    except BaseExceptionGroup as group_error:
        raise group_error.exceptions[0] from None
    return Heard(said.result(), progress.last, await running.ended())


class Progress:
    """The newest whole line."""

    def __init__(self) -> None:
        self.last = ""
        self._rest = b""

    def hear(self, chunk: bytes) -> str:
        """The line to tell, "" for none."""
        *lines, self._rest = re.split(rb"[\r\n]", self._rest + chunk)
        self._rest = self._rest[-_KEPT:]
        return self._newest(lines)

    def close(self) -> str:
        """What came without an end."""
        return self._newest([self._rest])

    def _newest(self, lines: list[bytes]) -> str:
        for line in reversed(lines):
            if clean := plain(line[-_KEPT:]).strip().replace("\t", " ")[:LINE_LIMIT]:
                self.last = clean
                return clean
        return ""


def plain(text: bytes) -> str:
    """Without colours, and without whatever moves a cursor or turns a line around."""
    whole = text.decode("utf-8", "replace").replace("\r\n", "\n")
    return _CONTROL.sub("", _ESCAPES.sub("", whole))


async def _said(stream: asyncio.StreamReader) -> bytes:
    heard = bytearray()
    while chunk := await stream.read(CHUNK):
        heard += chunk
        if len(heard) > SAID_LIMIT:
            raise JobFailed(Failure.OUTPUT, f"more than {SAID_LIMIT // 1_000_000} MB of text")
    return bytes(heard)


async def _told(stream: asyncio.StreamReader, progress: Progress, tell: Tell) -> None:
    while chunk := await stream.read(CHUNK):
        if line := progress.hear(chunk):
            await tell(line)
    if line := progress.close():
        await tell(line)
