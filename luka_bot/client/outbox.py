"""What we have said and luka hasn't acknowledged yet."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from luka_bot.client.errors import ChatError, error_from
from luka_bot.client.events import Frame


@dataclass(frozen=True, slots=True)
class Sent:
    """duplicate: luka had it already, from a try before."""

    message_id: str
    sequence_id: int
    duplicate: bool


class Pending:
    """frame: as it goes over the wire, each time with the same id."""

    def __init__(self, frame: dict[str, object]) -> None:
        self.frame = frame
        self.said_on: object = None
        """The connection on which it was said last; None while it waits for its next try."""
        self._answer: asyncio.Future[Sent] = asyncio.get_running_loop().create_future()

    @property
    def waits_for_answer(self) -> bool:
        return not self._answer.done()

    async def answer(self) -> Sent:
        """Raises what luka said against it."""
        return await self._answer

    def again(self) -> None:
        self.said_on = None
        self._answer = asyncio.get_running_loop().create_future()

    def settle(self, answer: Sent | ChatError) -> None:
        if self._answer.done():
            return
        if isinstance(answer, ChatError):
            self._answer.set_exception(answer)
            self._answer.exception()  # it may be that nobody asks any more
        else:
            self._answer.set_result(answer)


class Outbox:
    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}

    @contextmanager
    def keeping(self, text: str, reply_to: int | None, message_id: str | None) -> Iterator[Pending]:
        """Kept while inside."""
        name = message_id or uuid4().hex
        frame: dict[str, object] = {"type": "message", "message_id": name, "content": text}
        if reply_to is not None:
            frame["reply_to"] = reply_to
        self._pending[name] = pending = Pending(frame)
        try:
            yield pending
        finally:
            self._pending.pop(name, None)

    def to_say(self) -> list[Pending]:
        """In the order in which they were said first."""
        return [one for one in self._pending.values() if one.waits_for_answer]

    def hear(self, frame: Frame) -> bool:
        """An ack or an error; False if it isn't about anything that waits here."""
        name = frame.get("message_id")
        if not isinstance(name, str) or name not in self._pending:
            return False
        self._pending[name].settle(_answer_in(name, frame))
        return True

    def end(self, error: ChatError) -> None:
        for pending in self._pending.values():
            pending.settle(error)


def _answer_in(name: str, frame: Frame) -> Sent | ChatError:
    if frame["type"] == "error":
        return error_from(frame)
    return Sent(name, frame["sequence_id"], bool(frame.get("duplicate")))
