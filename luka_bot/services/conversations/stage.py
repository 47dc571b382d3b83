"""What whoever does a conversation's work is given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.clock import Clock
from luka_bot.models.conversation import ChatMessage, InputMode
from luka_bot.models.ids import ThreadId
from luka_bot.models.message import Message
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.transport import Transport
from luka_bot.services.model_work import ModelWork
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.contract import ChatLimits, ChatStorage


@dataclass(frozen=True, slots=True)
class WorkRules:
    """human_messages: of all people, that an agent is told. first_word: seconds that it has until
    then. windows: seconds for which what is said belongs to one question. lease: seconds after
    which a host that is silent is taken for dead. idle: seconds without work until one lets go.
    sweep: seconds between two looks for what nobody does."""

    limits: ChatLimits
    human_messages: int
    first_word: float
    windows: Mapping[InputMode, float]
    lease: float = 10.0
    idle: float = 30.0
    sweep: float = 2.0


class History(Protocol):
    """Threads' histories, as conversations write them; may raise StorageAway, ThreadGone."""

    async def history_upto(self, thread_id: ThreadId) -> int:
        """The last number that is there."""
        ...

    async def append_history(
        self, thread_id: ThreadId, items: Sequence[tuple[int, Message | None]], now: float
    ) -> int:
        """By their numbers, in order; what is there already is passed over. None: no words. The
        last number that is there now."""
        ...

    async def remove_from_history(self, thread_id: ThreadId, number: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Stage:
    """transport: None where there is no bot. clock: monotonic; now: seconds since the epoch."""

    storage: ChatStorage
    hub: Hub
    history: History
    threads: ThreadService
    work: ModelWork
    book: AgentBook
    transport: Transport | None
    rules: WorkRules
    clock: Clock
    now: Clock

    async def message(self, conversation_id: ThreadId, sequence_id: int) -> ChatMessage | None:
        """None for a number that is no message, or is too old."""
        recent = await self.hub.recent(conversation_id)
        if recent and recent[0].sequence_id <= sequence_id:
            return next((one for one in recent if one.sequence_id == sequence_id), None)
        page = await self.storage.get_conversation_messages(conversation_id, sequence_id - 1, 1)
        return next((one for one in page.messages if one.sequence_id == sequence_id), None)
