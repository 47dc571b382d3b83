"""On whose account a message is sent: kept elsewhere, so that after a crash it isn't sent twice."""

from collections.abc import Sequence
from typing import Protocol

from luka_bot.models.ids import MessageId


class Receipt(Protocol):
    """Of one message."""

    async def begin(self) -> MessageId | None:
        """Before each try of sending it; the message, if it is known to stand already.

        Raises StorageAway or TurnTaken: then it may not be sent.
        """
        ...

    async def end(self, message_id: MessageId | None = None) -> None:
        """It stands; without an id, the last try had no effect, or its doubt is counted."""
        ...


class Account(Protocol):
    def receipt(self) -> Receipt:
        """For the next message."""
        ...


class AnswerAccount(Account, Protocol):
    async def check(self) -> None:
        """Before what is changed or taken away, where no receipt is asked.

        Raises TurnTaken if another process goes on with the answer. Bounds its own time; where
        nobody can tell, it is ours.
        """
        ...

    async def wrote(self, message_ids: Sequence[MessageId], *, last: bool) -> None:
        """All messages of the answer in order; last: nothing is left to be said or edited."""
        ...


class Unkept:
    """For sentences that nobody minds to read twice."""

    async def begin(self) -> MessageId | None:
        return None

    async def end(self, message_id: MessageId | None = None) -> None:
        pass
