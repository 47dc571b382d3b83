"""When people saw what, and how many calls that took."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from luka_bot.demo.telegram import LocalTelegram
from luka_bot.demo.telegram.happenings import Called, Edited, Happening, Posted
from luka_bot.demo.telegram.records import Post

QUIET = 0.4  # s without a call after which a bot counts as done
LOOK = 0.05  # s between two looks


class Stamp(asyncio.Event):
    """An open gate for a scripted answer that notes when the model came by, the last time last.

    The scripted model passes its gate before each chunk and once more before its closing line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set()
        self.passed_at = 0.0

    async def wait(self) -> bool:  # type: ignore[override]  # the base promises Literal[True]
        self.passed_at = time.monotonic()
        return True


@dataclass(slots=True)
class Turn:
    """Times are monotonic seconds. ending closes the answer, so that the whole one is known."""

    chat_id: int
    ending: str
    written_at: float
    model_ended: Stamp = field(default_factory=Stamp)
    first_at: float = 0.0
    final_at: float = 0.0
    whole: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def to_first_text(self) -> float:
        return self.first_at - self.written_at

    @property
    def to_final_text(self) -> float:
        return self.final_at - self.written_at

    @property
    def after_the_model(self) -> float:
        """From the model's last line to the final text."""
        return self.final_at - self.model_ended.passed_at


class Witness:
    """Sees every message the moment Telegram takes it."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.calls: Counter[str] = Counter()
        self._bot_id = telegram.world.bot.id
        self._turns: dict[int, Turn] = {}
        telegram.world.listeners.append(self._hear)

    def watch(self, turn: Turn) -> None:
        """From now on this is what its chat waits for."""
        self._turns[turn.chat_id] = turn

    async def quiet(self) -> None:
        """Until the bot has called nothing for a while: also what follows an answer is counted."""
        before, since = -1, time.monotonic()
        while time.monotonic() - since < QUIET:
            now = self.spoken
            if now != before:
                before, since = now, time.monotonic()
            await asyncio.sleep(LOOK)

    @property
    def spoken(self) -> int:
        """Calls other than polls."""
        return self.calls.total() - self.calls["getUpdates"]

    def _hear(self, happening: Happening) -> None:
        match happening:
            case Posted(post) | Edited(post):
                self._see(post)
            case Called(method):
                self.calls[method] += 1
            case _:
                pass

    def _see(self, post: Post) -> None:
        turn = self._turns.get(post.chat_id)
        if turn is None or post.sender != self._bot_id or turn.final_at:
            return
        now = time.monotonic()
        turn.first_at = turn.first_at or now
        if turn.ending in post.body.text:
            turn.final_at = now
            turn.whole.set()
