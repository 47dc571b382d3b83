"""A broadcast on its way, one person after the other."""

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Self
from uuid import uuid4

import structlog

from luka_bot.background import Background, let_end
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError, PersonAway
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.target import Target
from luka_bot.handlers.absence import note_reach
from luka_bot.handlers.admin import broadcast_card
from luka_bot.handlers.admin.letter import unpacked
from luka_bot.handlers.progress import ProgressMessage
from luka_bot.locales import words_for
from luka_bot.models.audit import Event
from luka_bot.models.broadcast import Broadcast, BroadcastState, Outcome
from luka_bot.models.clock import Clock
from luka_bot.models.ids import ChatId, MessageId, UserId
from luka_bot.models.person import Reach, Standing
from luka_bot.services.adopter import Adopter, until_stored
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.broadcasts import AnotherRun, BroadcastGone, Broadcasts
from luka_bot.storage.client import Storage
from luka_bot.storage.people import PeopleStore

GAP = 0.05  # s between two people; answers need the rest of what Telegram takes
LAST_WORD = 3.0  # s in which a process that ends may still note whom it has reached

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Step:
    broadcast_id: str
    run: str
    name: str


class _Doubt:
    """The account, and the only receipt, of one send. stands: it may have been taken."""

    def __init__(self) -> None:
        self.stands = False

    def receipt(self) -> Self:
        return self

    async def begin(self) -> MessageId | None:
        self.stands = True
        return None

    async def end(self, message_id: MessageId | None = None) -> None:
        self.stands = message_id is not None


class Broadcasting:
    """clock is monotonic."""

    def __init__(
        self,
        storage: Storage,
        background: Background,
        courier: Courier,
        people: PeopleStore,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self.store = Broadcasts(storage)
        self._courier = courier
        self._people = people
        self._audit = audit
        self._clock = clock
        self._adopter = Adopter("broadcast", storage, background, self.store.under_way, self._send)

    def look_now(self) -> None:
        self._adopter.look_now()

    async def run(self) -> None:
        await self._adopter.run()

    async def _send(self, broadcast_id: str) -> None:
        """Until nobody is left; what another process had begun goes on here."""
        run = uuid4().hex
        try:
            broadcast, overseer = await self.store.adopt(broadcast_id, run)
            progress = ProgressMessage(self._courier, overseer, self._clock)
            words = words_for(overseer.language)
            keyboard = broadcast_card.stop(words, broadcast_id)
            await progress.tell(broadcast_card.card(words, broadcast), keyboard)
            await self._send_to_all(broadcast_id, run, unpacked(broadcast.body), progress)
        except BroadcastGone:
            await self.store.close(broadcast_id)
        except AnotherRun:
            log.info("broadcast.taken_over", broadcast_id=broadcast_id)

    async def _send_to_all(
        self, broadcast_id: str, run: str, letter: Rendered, progress: ProgressMessage
    ) -> None:
        for number in count():
            step = _Step(broadcast_id, run, str(number))
            person = await self._next(step)
            if person is None:
                break
            if progress.due:
                await self._draw(broadcast_id, progress)
            await self._turn(ChatId(person))
            await self._give(step, person, letter)
        await self._end(broadcast_id, progress)

    async def _turn(self, chat_id: ChatId) -> None:
        """Whoever waits for an answer goes first."""
        await asyncio.sleep(GAP)
        while not self._courier.pace(chat_id).ample():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(GAP)

    async def _give(self, step: _Step, user_id: UserId, letter: Rendered) -> None:
        """Whom we have reached is noted even if we have to end just then."""
        doubt = _Doubt()
        try:
            outcome = await self._delivered(user_id, letter, doubt)
        except asyncio.CancelledError:
            if not doubt.stands:
                await self._settle(step, Outcome.AGAIN)
            raise
        await let_end(self._settle(step, outcome), LAST_WORD)

    async def _next(self, step: _Step) -> UserId | None:
        """They may be marked by now, even if we weren't told: so asked until we are."""
        return await until_stored(lambda: self.store.next(step.broadcast_id, step.run, step.name))

    async def _settle(self, step: _Step, outcome: Outcome) -> None:
        await until_stored(
            lambda: self.store.settle(step.broadcast_id, step.run, step.name, outcome)
        )

    async def _delivered(self, user_id: UserId, letter: Rendered, doubt: "_Doubt") -> Outcome:
        person = await until_stored(lambda: self._people.get(user_id))
        if person.standing is not Standing.ALLOWED:
            return Outcome.LEFT_OUT
        try:
            quiet = person.preferences.quiet
            await self._courier.send(Target(ChatId(user_id), account=doubt, quiet=quiet), letter)
        except PersonAway:
            await until_stored(lambda: note_reach(self._people, user_id, Reach.BLOCKED))
            return Outcome.BLOCKED
        except DeliveryError as error:
            log.warning("broadcast.refused", error=type(error).__name__)
            return Outcome.FAILED
        return Outcome.DELIVERED

    async def _draw(self, broadcast_id: str, progress: ProgressMessage) -> None:
        broadcast, overseer = await self.store.get(broadcast_id)
        if broadcast.state is BroadcastState.SENDING:
            words = words_for(overseer.language)
            keyboard = broadcast_card.stop(words, broadcast_id)
            await progress.draw(broadcast_card.card(words, broadcast), keyboard)

    async def _end(self, broadcast_id: str, progress: ProgressMessage) -> None:
        """Told, written down, and only then forgotten."""
        broadcast, overseer = await self.store.get(broadcast_id)
        await progress.tell(broadcast_card.card(words_for(overseer.language), broadcast))
        detail = _counts(broadcast)
        await self._audit.note(Event.BROADCAST_SENT, overseer.by, overseer.by_name, detail=detail)
        await self.store.close(broadcast_id)


def _counts(broadcast: Broadcast) -> str:
    names = ("delivered", "blocked", "failed", "doubtful")
    counts = " ".join(f"{name}={getattr(broadcast, name)}" for name in names)
    return f"{broadcast.state.value} {counts} of={broadcast.total}"
