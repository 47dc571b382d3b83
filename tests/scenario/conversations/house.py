"""One process's engine of conversations, with a scripted model and a Telegram of its own."""

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from luka_bot.background import Background
from luka_bot.conversations import ConversationHouse, Wiring, keep_conversations
from luka_bot.demo.model import Answering, Reply, ScriptedOllama
from luka_bot.llm.connection import Timeouts
from luka_bot.llm.ollama import OllamaClient
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, Conversation, InputMode, Stored
from luka_bot.models.ids import AgentName, ThreadId, UserId
from luka_bot.models.message import Message
from luka_bot.models.participant import Door, human
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.rooms import Rooms
from luka_bot.services.conversations.saying import Saying, Speaker
from luka_bot.services.conversations.stage import WorkRules
from luka_bot.services.ledger import Ledger
from luka_bot.services.llm_service import LLMService, ModelDefaults
from luka_bot.services.model_line import ModelLine
from luka_bot.services.model_work import ModelWork
from luka_bot.services.summaries import Summaries
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.tokens import Calibration
from luka_bot.storage.chat.contract import ChatLimits, ChatStorage, Frame
from luka_bot.storage.client import Storage
from luka_bot.storage.line import LineLimits, LineStore
from luka_bot.storage.stats import StatsStore
from luka_bot.storage.threads import ThreadStore
from tests.scenario.conversations.telegram import Postbox
from tests.waiting import wait_until_found

ANNA, BORIS, CLARA = (
    Speaker(UserId(7), "Anna"),
    Speaker(UserId(8), "Boris"),
    Speaker(UserId(9), "Clara"),
)
WINDOWS = {InputMode.SINGLE: 0.05, InputMode.MULTI: 0.05}


class Kept(ThreadStore):
    """Threads whose history can be slow to write."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage)
        self._open = asyncio.Event()
        self._open.set()

    def hold(self) -> None:
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    async def append_history(
        self, thread_id: ThreadId, items: Sequence[tuple[int, Message | None]], now: float
    ) -> int:
        await self._open.wait()
        return await super().append_history(thread_id, items, now)


@dataclass(frozen=True)
class Stores:
    """What several processes share."""

    redis: Storage
    chat: ChatStorage
    threads: ThreadService
    kept: Kept


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.messages: list[ChatMessage] = []
        self.frames: list[dict[str, Any]] = []

    def message(self, message: ChatMessage, text: str) -> None:
        assert json.loads(text)["sequence_id"] == message.sequence_id
        self.messages.append(message)

    def frame(self, frame: Frame, text: str) -> None:
        assert json.loads(text) == frame
        self.frames.append(dict(frame))

    @property
    def said(self) -> list[str]:
        """What people and agents said."""
        return [one.content for one in self.messages if one.message_type.value != "system"]

    @property
    def numbers(self) -> list[int]:
        return [one.sequence_id for one in self.messages]

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.frames if one["type"] == kind]


@dataclass
class Home:
    """What a test does with it."""

    house: ConversationHouse
    telegram: Postbox
    model: ScriptedOllama
    threads: ThreadService

    @property
    def service(self) -> ConversationService:
        return self.house.service

    async def begin(
        self, *people: Speaker, agents: Sequence[AgentName] | None = None
    ) -> Conversation:
        """By web, the first one's."""
        owner, *others = people
        return await self.service.create(owner, "Trip", others, agents)

    async def say(
        self,
        who: Speaker,
        conversation: Conversation,
        text: str,
        **more: Any,  # noqa: ANN401 - as Saying has them
    ) -> Stored:
        message_id = more.pop("message_id", secrets.token_hex(8))
        door = more.pop("door", Door.WEB)
        saying = Saying(conversation.conversation_id, who, message_id, text, door, **more)
        return await self.service.say(saying)

    @contextmanager
    def ear(self, conversation: Conversation, who: Speaker = ANNA) -> Iterator[Ear]:
        ear = Ear()
        with self.house.hub.listening(conversation.conversation_id, human(who.user_id), ear):
            yield ear

    async def history(self, conversation: Conversation) -> list[str]:
        key, owner = conversation.conversation_id, conversation.owner
        return [one.content for one in await self.threads.history(owner, key)]

    async def owes(self, conversation: Conversation) -> list[str]:
        works = await self.house.storage.outstanding(conversation.conversation_id)
        return [one.key for one in works]

    async def owes_only(self, conversation: Conversation, *works: str) -> None:
        """As soon as all else is done."""

        async def does() -> bool:
            return await self.owes(conversation) == list(works)

        await wait_until_found(does)

    async def at_rest(self, conversation: Conversation) -> None:
        await self.owes_only(conversation)


@asynccontextmanager
async def at_home(
    stores: Stores,
    *,
    agents: Sequence[Agent] = (),
    reply: Answering | Reply | str = "Hello there.",
    **rules: Any,  # noqa: ANN401 - by name
) -> AsyncIterator[Home]:
    """rules: those of WorkRules that are other than usual, and limits."""
    telegram = Postbox()
    usual: dict[str, Any] = {
        "limits": ChatLimits(),
        "human_messages": 5,
        "first_word": 20.0,
        "windows": WINDOWS,
    }
    async with ScriptedOllama.open(reply=reply) as model, _model_work(model, stores.redis) as work:
        wiring = Wiring(
            storage=stores.chat,
            threads=stores.threads,
            shared=stores.kept,
            history=stores.kept,
            work=work,
            transport=telegram,
            agents=agents,
            rules=WorkRules(**{**usual, **rules}),
            rooms=Rooms(1000, 3600.0, time.monotonic),
            most=10_000,
        )
        async with keep_conversations(wiring) as house:
            yield Home(house, telegram, model, stores.threads)


@asynccontextmanager
async def _model_work(model: ScriptedOllama, redis: Storage) -> AsyncIterator[ModelWork]:
    """Without a line: nobody waits for a place."""
    timeouts = Timeouts(connect=5.0, first_token=60.0, idle=60.0)
    async with (
        OllamaClient.open(model.url, timeouts, keep_alive="5m") as client,
        Background() as own,
    ):
        defaults = ModelDefaults(lambda: "llama3.2", "You are luka.", 8192)
        calibration = Calibration()
        llm = LLMService(client, defaults, calibration)
        yield ModelWork(
            llm,
            ModelLine(
                LineStore(redis, LineLimits(0, 0), time.time), own, time.monotonic, lambda _: False
            ),
            Summaries(client, defaults, calibration),
            Ledger(StatsStore(redis, ZoneInfo("UTC")), own, time.time),
            time.monotonic,
        )
