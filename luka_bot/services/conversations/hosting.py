"""One conversation's work, done by this process for as long as it holds the lease."""

import asyncio
from collections import defaultdict
from contextlib import suppress

import structlog

from luka_bot.background import Background
from luka_bot.models.conversation import ChatMessage, Conversation, Work, WorkKind
from luka_bot.models.errors import StorageAway, ThreadGone
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, ThreadId
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.seat import AgentSeat
from luka_bot.services.conversations.history import Chronicle
from luka_bot.services.conversations.place import Place, telegram_chats
from luka_bot.services.conversations.stage import Stage
from luka_bot.storage.chat.contract import Frame

FRESH = 0.5  # s for which who takes part, as it was read, is true enough
RENEWALS = 3  # of a lease, before others take us for dead

log = structlog.get_logger(__name__)


class Hosting:
    """A Watcher of its conversation."""

    def __init__(
        self,
        stage: Stage,
        tasks: Background,
        conversation_id: ThreadId,
        holder: str,
        wanted: set[Work],
    ) -> None:
        self._stage = stage
        self._tasks = tasks
        self._conversation_id = conversation_id
        self._holder = holder
        self._wanted = wanted
        self._places: dict[ChatId, Place] = {}
        self._seats: dict[AgentName, AgentSeat] = {}
        self._chronicle = Chronicle(stage, conversation_id)
        self._conversation: Conversation | None = None
        self._known_at = 0.0
        self._owed = 0
        self._closed = False
        self._news = asyncio.Event()

    # what the hub brings

    def heard(self, message: ChatMessage) -> None:
        self._chronicle.heard(message)
        if self._may_owe:
            self._news.set()

    def told(self, frame: Frame) -> None:
        match frame.get("type"):
            case "closed":
                self._closed = True
            case "participant_update":
                self._conversation = None
            case "redact":
                self._chronicle.redacted(int(frame["sequence_id"]))
            case "work_added":
                self._wanted.add(Work.from_key(str(frame["work"])))
            case "work_stopped":
                self._tasks.spawn("stop agents", self._stop())
            case "work_shown":
                for seat in self._seats.values():
                    seat.show(ParticipantId(str(frame["participant_id"])))
        self._news.set()

    def look(self) -> None:
        self._news.set()

    async def run(self) -> None:
        """Until there has been nothing to do for a while, or somebody else has it."""
        storage, conversation_id = self._stage.storage, self._conversation_id
        self._tasks.spawn("write the history", self._chronicle.run())
        with self._stage.hub.watching(conversation_id, self):
            try:
                if await self._work():
                    await storage.release(conversation_id, self._holder)
            except ThreadGone:
                log.info("conversation.gone", conversation_id=conversation_id)

    async def _work(self) -> bool:
        """Whether the lease is still ours."""
        clock, rules = self._stage.clock, self._stage.rules
        busy_at = renewed_at = clock()
        while not self._closed:
            self._news.clear()
            with suppress(StorageAway):
                await self._look()
            now = clock()
            if not self._is_idle:
                busy_at = now
            elif now - busy_at >= rules.idle:
                return True
            every = rules.lease / RENEWALS
            if now - renewed_at >= every:
                if not await insist(self._renewed):
                    return False
                renewed_at = clock()
            with suppress(TimeoutError):
                async with asyncio.timeout(max(renewed_at + every - clock(), 0.0)):
                    await self._news.wait()
            if self._news.is_set():
                busy_at = clock()
        return True

    async def _renewed(self) -> bool:
        storage, seconds = self._stage.storage, self._stage.rules.lease
        return await storage.host(self._conversation_id, self._holder, seconds)

    @property
    def _may_owe(self) -> bool:
        """Of people in browsers alone nobody has to be asked or told; should it be otherwise by
        now, the next sweep sees it."""
        known = self._conversation
        return known is None or bool(known.agents or telegram_chats(known) or self._owed)

    @property
    def _is_idle(self) -> bool:
        places = all(one.is_idle for one in self._places.values())
        seats = all(one.is_idle for one in self._seats.values())
        return not self._owed and places and seats and self._chronicle.is_idle

    async def _look(self) -> None:
        """What is outstanding goes to whoever does it."""
        storage = self._stage.storage
        works = await storage.outstanding(self._conversation_id)
        before, self._owed = self._owed, len(works)
        self._stage.hub.note_depth(self._conversation_id, len(works))
        conversation = await self._as_it_is()
        if works or before:
            await self._hand_out(works, conversation)

    async def _as_it_is(self) -> Conversation:
        """A moment old at most: of many messages at once not each asks anew."""
        now = self._stage.clock()
        known = self._conversation
        if known is None or now - self._known_at >= FRESH:
            known = await self._stage.storage.conversation(self._conversation_id)
            self._conversation, self._known_at = known, now
        return known

    async def _hand_out(self, works: tuple[Work, ...], conversation: Conversation) -> None:
        for_agents: defaultdict[AgentName, list[Work]] = defaultdict(list)
        for_chats: defaultdict[ChatId, list[Work]] = defaultdict(list)
        for work in works:
            if work.kind is WorkKind.AGENT:
                for_agents[AgentName(work.name)].append(work)
            else:
                for_chats[ChatId(int(work.name))].append(work)
        for chat_id in {*for_chats, *telegram_chats(conversation)} - self._places.keys():
            await self._open(chat_id, conversation, for_chats[chat_id])
        for name in for_agents.keys() - self._seats.keys():
            await self._seat(name, for_agents[name])
        for chat_id, place in self._places.items():
            place.owes(for_chats[chat_id], conversation)
        for name, seat in self._seats.items():
            seat.owes(for_agents[name], conversation)

    async def _open(self, chat_id: ChatId, conversation: Conversation, owed: list[Work]) -> None:
        stage = self._stage
        if stage.transport is None:
            if owed:
                await stage.storage.finish(self._conversation_id, owed)
            return
        place = Place(stage, stage.transport, self._tasks, chat_id, conversation)
        self._places[chat_id] = place
        self._tasks.spawn(f"bring to {chat_id}", place.run())

    async def _seat(self, name: AgentName, owed: list[Work]) -> None:
        agent = self._stage.book.find(name)
        if agent is None:
            await self._stage.storage.finish(self._conversation_id, owed)
            return
        seat = AgentSeat(self._stage, self._tasks, agent, self._wanted, self._places)
        self._seats[name] = seat
        self._tasks.spawn(f"agent {name}", seat.run())

    async def _stop(self) -> None:
        off = [work for seat in self._seats.values() for work in seat.stop()]
        await insist(lambda: self._stage.storage.finish(self._conversation_id, off))
        self._news.set()
