"""Updates on their way to the bot: queued, polled, confirmed by the next offset."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.refusal import Conflict
from luka_bot.models.clock import Clock

log = structlog.get_logger(__name__)

LONGEST_POLL = 50  # s
LARGEST_BATCH = 100
LARGEST_UPDATE = 64 * 1024  # bytes of JSON; Telegram drops what is larger
KEPT_DAY = 24 * 3600.0
KEPT_TAP = 150.0
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TWO_POLLERS = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`expires` is wall time. A `late` one ignores offsets and is handed out once."""

    id: int
    raw: Json
    expires: float
    late: bool = False


class UpdateQueue:
    """`clock` is wall time; `moved` is called after an update came or went."""

    def __init__(self, clock: Clock, first_id: int, *, slow_repeats: bool) -> None:
        self._clock = clock
        self._slow_repeats = slow_repeats
        self._ids = itertools.count(first_id)
        self._entries: deque[Entry] = deque()
        self._past: deque[Json] = deque(maxlen=1000)
        self._waiting: asyncio.Future[None] | None = None
        self._last_poll = (0, float("-inf"))
        self._closed = False
        self.allowed: tuple[str, ...] = ()
        self.arrange: Callable[[list[Json]], list[Json]] = list
        """In which order a poll brings its updates."""
        self.moved: Callable[[], None] = lambda: None

    def count_from(self, number: int) -> None:
        self._ids = itertools.count(number)

    @property
    def pending(self) -> int:
        self._drop_expired()
        return len(self._entries)

    @property
    def is_polled(self) -> bool:
        """Whether someone waits for an update right now."""
        return self._waiting is not None and not self._waiting.done()

    def entries(self) -> list[Entry]:
        """What stands in the queue, for the webhook to push."""
        self._drop_expired()
        return list(self._entries)

    def put(self, kind: str, body: Json) -> int | None:
        """The update's id; None if the bot doesn't want this kind, or it is too large."""
        if not self._wanted(kind):
            return None
        update_id = next(self._ids)
        raw: Json = {"update_id": update_id, kind: body}
        if len(json.dumps(raw, ensure_ascii=False).encode()) > LARGEST_UPDATE:
            log.warning("update.too_large", kind=kind)
            return None
        kept = KEPT_TAP if kind == "callback_query" else KEPT_DAY
        self._append(Entry(update_id, raw, self._clock() + kept))
        return update_id

    def inject(self, raw: Json) -> None:
        """Queue as is. An id that is no number, or not above the last one, is handed out once."""
        upcoming = next(self._ids)
        update_id = raw.get("update_id", upcoming)
        late = not isinstance(update_id, int) or update_id < upcoming
        self._ids = itertools.count(upcoming)
        if isinstance(update_id, int) and not late:
            self._ids = itertools.count(update_id + 1)
        number = update_id if isinstance(update_id, int) else -1
        entry = Entry(number, {"update_id": update_id, **raw}, self._clock() + KEPT_DAY, late)
        self._append(entry)

    def redeliver(self, update_id: int | None = None) -> None:
        """What still waits to be confirmed comes in its turn anyway."""
        if update_id is not None and any(one.id == update_id for one in self._entries):
            return
        for raw in reversed(self._past):
            if update_id in (None, raw.get("update_id")):
                self._append(Entry(-1, raw, self._clock() + KEPT_DAY, late=True))
                return
        raise LookupError(f"no update {update_id} was ever queued")

    def clear(self) -> None:
        self._entries.clear()
        self.moved()

    def confirm(self, entry: Entry) -> None:
        """The webhook took it."""
        if entry in self._entries:
            self._entries.remove(entry)
            self.moved()

    async def poll(self, offset: int, limit: int, timeout: int) -> list[Json]:  # noqa: ASYNC109 - Telegram's word
        """Updates from `offset` on; everything below is forgotten. Ends an older poll by 409."""
        if self._waiting is not None and self.is_polled:
            self._waiting.set_exception(Conflict(TWO_POLLERS))
        self._forget_below(offset)
        limit, timeout = self._slowed(offset, limit, timeout)
        if (batch := self._take(limit)) or timeout <= 0 or self._closed:
            return batch
        await self._until_something(min(timeout, LONGEST_POLL))
        return self._take(limit)

    def close(self) -> None:
        """Let a waiting poll go home empty."""
        self._closed = True
        self._wake()

    async def _until_something(self, seconds: float) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def _append(self, entry: Entry) -> None:
        if not entry.late:
            self._past.append(entry.raw)
        self._entries.append(entry)
        self._wake()
        self.moved()

    def _wake(self) -> None:
        if self._waiting is not None and self.is_polled:
            self._waiting.set_result(None)

    def _drop_expired(self) -> None:
        now = self._clock()
        if any(entry.expires <= now for entry in self._entries):
            self._entries = deque(one for one in self._entries if one.expires > now)

    def _forget_below(self, offset: int) -> None:
        """A negative offset keeps that many from the end."""
        before = len(self._entries)
        if offset < 0:
            self._entries = deque(list(self._entries)[offset:])
        else:
            self._entries = deque(one for one in self._entries if one.late or one.id >= offset)
        if len(self._entries) != before:
            self.moved()

    def _take(self, limit: int) -> list[Json]:
        self._drop_expired()
        late = [one for one in self._entries if one.late]
        usual = [one for one in self._entries if not one.late]
        batch = (late + usual)[: max(1, min(limit, LARGEST_BATCH))]
        handed_out = [one for one in batch if one.late]
        if handed_out:
            self._entries = deque(one for one in self._entries if one not in handed_out)
            self.moved()
        return self.arrange([one.raw for one in batch])

    def _slowed(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        now = self._clock()
        last_offset, last_at = self._last_poll
        self._last_poll = (offset, now)
        if not self._slow_repeats or offset != last_offset:
            return limit, timeout
        if now < last_at + 0.5:
            limit = 1
        return limit, max(timeout, 3) if now < last_at + 3 else timeout
