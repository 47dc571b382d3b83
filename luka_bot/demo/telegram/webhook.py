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
PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True, slots=True)
class Target:
    url: str
    secret: str
    connections: int


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
                if await self._taken(self.target, entry):
                    self._updates.confirm(entry)
                    break
                await asyncio.sleep(delay)
                delay = min(2 * delay, LONGEST_DELAY)
        finally:
            self._busy.discard(lane)
        self.look()

    async def _taken(self, target: Target, entry: Entry) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": target.secret} if target.secret else {}
        try:
            async with (
                aiohttp.ClientSession(timeout=PATIENCE) as session,
                session.post(target.url, json=entry.raw, headers=headers) as answer,
            ):
                taken = answer.ok
                words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            taken, words = False, f"Connection failed: {type(error).__name__}"
        if not taken:
            self.last_error = (int(self._clock()), words)
            log.info("webhook.refused", reason=words)
        return taken


def _lane(entry: Entry) -> str:
    for kind, body in entry.raw.items():
        match body:
            case {"chat": {"id": chat_id}}:
                return f"chat:{chat_id}"
            case {"from": {"id": user_id}}:
                return f"{kind}:{user_id}"
    return "other"
