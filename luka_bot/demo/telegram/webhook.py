"""Updates pushed to the bot's own address, again and again until it says 2xx."""

import asyncio
from dataclasses import dataclass

import aiohttp
import structlog

from luka_bot.background import Background
from luka_bot.demo.telegram.updates import Entry, UpdateQueue
from luka_bot.models.clock import Clock

log = structlog.get_logger(__name__)

FIRST_DELAY = 1.0  # s; doubles
LONGEST_DELAY = 60.0
LONGEST_WISH = 3600  # s that a Retry-After may ask for
PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True, slots=True)
class Target:
    url: str
    secret: str
    connections: int


@dataclass(frozen=True, slots=True)
class _Refusal:
    """retry_after: the seconds that the bot asked for, 0 if it didn't."""

    words: str
    retry_after: int = 0


class Webhook:
    """Pushes a lane's updates one after another, lanes side by side.

    A lane is a chat for messages and a person for taps, so one that isn't taken
    holds up what comes after it in the same chat and nothing else.
    """

    def __init__(self, updates: UpdateQueue, background: Background, clock: Clock) -> None:
        self._updates = updates
        self._background = background
        self._clock = clock
        self._busy: set[str] = set()
        self.target: Target | None = None
        self.last_error: tuple[int, str] | None = None
        self.first_delay = FIRST_DELAY

    def aim(self, target: Target | None) -> None:
        self.target = target
        self.last_error = None
        self.look()

    def look(self) -> None:
        """Start a push for each lane that has something and isn't at it."""
        if self.target is None:
            return
        for entry in self._updates.entries():
            lane = _lane(entry)
            if lane in self._busy or len(self._busy) >= self.target.connections:
                continue
            self._busy.add(lane)
            self._background.spawn("webhook.push", self._push(lane, entry))

    async def _push(self, lane: str, entry: Entry) -> None:
        delay = self.first_delay
        try:
            while self.target is not None and entry in self._updates.entries():
                refusal = await _refusal(self.target, entry)
                if refusal is None:
                    self._updates.confirm(entry)
                    break
                self.last_error = (int(self._clock()), refusal.words)
                log.info("webhook.refused", reason=refusal.words)
                await asyncio.sleep(refusal.retry_after or delay)
                delay = delay if refusal.retry_after else min(2 * delay, LONGEST_DELAY)
        finally:
            self._busy.discard(lane)
        self.look()


async def _refusal(target: Target, entry: Entry) -> _Refusal | None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": target.secret} if target.secret else {}
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.post(target.url, json=entry.raw, headers=headers) as answer,
        ):
            if answer.ok:
                return None
            wish = answer.headers.get("Retry-After", "")
            words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            return _Refusal(words, min(int(wish), LONGEST_WISH) if wish.isdecimal() else 0)
    except (aiohttp.ClientError, TimeoutError) as error:
        return _Refusal(f"Connection failed: {type(error).__name__}")


def _lane(entry: Entry) -> str:
    for kind, body in entry.raw.items():
        match body:
            case {"chat": {"id": chat_id}}:
                return f"chat:{chat_id}"
            case {"from": {"id": user_id}}:
                return f"{kind}:{user_id}"
    return "other"
