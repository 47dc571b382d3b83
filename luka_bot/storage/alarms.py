"""What the admins' group has been told of each alarm, by whichever process and before a restart."""

from collections.abc import Iterable
from dataclasses import dataclass

from luka_bot.models.clock import Clock
from luka_bot.models.ids import MessageId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.process_names import own_name
from luka_bot.storage.scripts import Script

AGAIN = 600.0  # s after an alarm's message in which it changes that message instead of sending more
HOLDS = 60.0  # s for which an alarm stands for a process that says no more of it
CLAIM = 600.0  # s in which nobody else tells; Telegram may take that long to accept a message

_NEWS = Script.load("alarm_news", repeatable=True)
_FORGET_MESSAGES = Script.load("forget_alarm_messages", repeatable=True)
_TOLD = Script.load("alarm_told", repeatable=True)


class StillStands(Exception):
    """An alarm that is over here stands for another process."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is ours to tell. message_id: to be edited, or else to be replied to if there is one."""

    stands: bool
    edits: bool
    message_id: MessageId | None


class AlarmBoard:
    """One process's view. clock: seconds since the epoch. Any method may raise StorageAway.

    An alarm is raised when it stands for the first process, over when it does for the last one.
    Each is one message, but what happens within AGAIN of an alarm's last message edits it: so the
    group always shows how things are, and isn't rung for each change.
    """

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._process = own_name()

    async def stands(self, name: str) -> Telling | None:
        """Say so again within HOLDS, as long as it does. None if nothing is ours to tell."""
        return await self._news(name, stands=True)

    async def over(self, name: str) -> Telling | None:
        """For us; also of an alarm that a process told which is no more. None as `stands`.

        Raises StillStands as long as it does for others: they may end without another word.
        """
        return await self._news(name, stands=False)

    async def told(self, name: str, telling: Telling, message_id: MessageId | None) -> None:
        """message_id None: Telegram won't take it, and trying on would help nobody."""
        shown = "raised" if telling.stands else "over"
        quiet = "1" if telling.edits else "0"
        args = [self._process, shown, quiet, str(message_id or ""), repr(self._clock())]
        await self._storage.run(_TOLD, [keys.alarm(name)], args)

    async def forget_messages(self, names: Iterable[str]) -> None:
        """Where the group has moved, others bear those numbers."""
        alarms = [keys.alarm(name) for name in names]
        await self._storage.run(_FORGET_MESSAGES, alarms)

    async def _news(self, name: str, *, stands: bool) -> Telling | None:
        now = self._clock()
        until, claimed = repr(now + HOLDS), repr(now + CLAIM)
        flag = "1" if stands else "0"
        args: list[str | int] = [self._process, flag, repr(now), until, claimed, int(AGAIN)]
        reply = await self._storage.run(_NEWS, [keys.alarm(name), keys.alarm_on(name)], args)
        _, due, message = reply
        if due == "held":
            raise StillStands
        if not due:
            return None
        return Telling(stands, due == "edit", MessageId(int(message)) if message else None)
