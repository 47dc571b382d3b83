"""Both stores of conversations, with what their tests say in them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from luka_bot.models.conversation import ChatMessage, Conversation, Draft, Stored, Work
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, ThreadId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, ParticipantType, agent, human
from luka_bot.models.thread import Thread, ThreadKind
from luka_bot.storage.chat.contract import ChatLimits, ChatStorage, Frame, Opening
from luka_bot.storage.threads import ThreadStore
from tests.redis_fixtures import START, HandClock
from tests.waiting import wait_until

ANNA, BORIS, CLARA = UserId(7), UserId(8), UserId(10)
GROUP = ChatId(-100200)
LIMITS = ChatLimits()


@dataclass
class Ear:
    """What a replica hears of the bus."""

    messages: list[ChatMessage] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    interruptions: int = 0
    deaf_to: Collection[ThreadId] = ()

    def cares(self, conversation_id: ThreadId) -> bool:
        return conversation_id not in self.deaf_to

    def message(self, message: ChatMessage) -> None:
        self.messages.append(message)

    def frame(self, conversation_id: ThreadId, frame: Frame) -> None:
        self.frames.append({"conversation_id": conversation_id, **frame})

    def interrupted(self) -> None:
        self.interruptions += 1

    @property
    def numbers(self) -> list[int]:
        return [one.sequence_id for one in self.messages]


@dataclass
class Told:
    """One store, and threads for its conversations."""

    chat: ChatStorage
    threads: ThreadStore
    clock: HandClock
    other: Callable[[], ChatStorage]
    """The store as another replica has it."""

    async def thread(self, owner: UserId = ANNA) -> Thread:
        return replace(
            await self.threads.create(owner, f"Trip {self.clock.now}", self.clock()),
            kind=ThreadKind.SHARED,
        )

    async def conversation(
        self, *people: ParticipantInfo, agents: Sequence[str] = ("luka",)
    ) -> Conversation:
        members = (*(people or (person(ANNA),)), *(persona(name) for name in agents))
        thread = await self.thread()
        return await self.chat.open_conversation(Opening(thread, members, "e1"))

    async def say(
        self, conversation: Conversation | ThreadId, text: str, by: UserId = ANNA, **more: object
    ) -> Stored:
        known = conversation if isinstance(conversation, str) else conversation.conversation_id
        limits = more.pop("limits", LIMITS)
        assert isinstance(limits, ChatLimits)
        draft = Draft(known, text.encode().hex()[:60], human(by), f"P{by}", text, self.clock())
        return await self.chat.store_message(replace(draft, **more), limits)  # type: ignore[arg-type] # by name

    async def answer_to(self, conversation: Conversation, text: str, work: Work) -> Stored:
        who = agent(AgentName(work.name))
        known = conversation.conversation_id
        draft = Draft(known, f"a.{text}", who, work.name, text, self.clock(), hops=1, ends=work)
        return await self.chat.store_message(draft, LIMITS)

    async def heard(self, ear: "Ear", messages: int) -> None:
        await wait_until(lambda: len(ear.messages) >= messages)

    async def heard_frames(self, ear: "Ear", frames: int) -> None:
        await wait_until(lambda: len(ear.frames) >= frames)


def person(user_id: UserId, *doors: Door) -> ParticipantInfo:
    name = {ANNA: "Anna", BORIS: "Борис", CLARA: "Clara"}.get(user_id, f"P{user_id}")
    return ParticipantInfo(
        human(user_id), name, ParticipantType.HUMAN, START, frozenset(doors or (Door.WEB,))
    )


def persona(name: str) -> ParticipantInfo:
    return ParticipantInfo(agent(AgentName(name)), name.capitalize(), ParticipantType.AGENT, START)


def pids(conversation: Conversation) -> set[ParticipantId]:
    return set(conversation.active_participants)
