"""Every message is brought to every agent, and each decides for itself."""

import asyncio
from dataclasses import dataclass

import structlog

from luka_bot.metrics_chat import AGENT_ASKED
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus
from luka_bot.models.errors import LukaError
from luka_bot.models.message import Message, Role
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.deciding import Decision, Heard, decide, is_addressed
from luka_bot.services.conversations.stage import Stage

JUDGE_SECONDS = 5.0  # nobody waits longer to hear that they weren't meant
TOLD = 6  # messages that the judge is told
JUDGE = (
    "Several people talk with each other in a chat. An assistant called {title} listens. Would "
    "{title} be expected to answer the last message? Say yes only if it asks the assistant "
    "something, or asks all of them something that it can answer. One word: yes or no."
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    message: ChatMessage
    answers: bool
    addressed: bool


class Hearing:
    """Of one agent."""

    def __init__(self, stage: Stage, agent: Agent) -> None:
        self._stage = stage
        self._agent = agent

    async def of(
        self, conversation: Conversation, sequence_id: int, *, wanted: bool
    ) -> Verdict | None:
        """wanted: somebody insists on an answer. None if there is no such message any more."""
        conversation_id = conversation.conversation_id
        message = await insist(lambda: self._stage.message(conversation_id, sequence_id))
        if message is None or message.status is MessageStatus.REDACTED:
            return None
        heard = await insist(lambda: self._heard(conversation, message))
        addressed = wanted or is_addressed(self._agent, heard, self._stage.book)
        decision = Decision.YES if wanted else decide(self._agent, heard, self._stage.book)
        answers = decision is Decision.YES
        if decision is Decision.UNSURE:
            answers = await self._judged(heard)
        AGENT_ASKED.labels(self._agent.name, "yes" if answers else "no").inc()
        return Verdict(message, answers, addressed)

    async def _heard(self, conversation: Conversation, message: ChatMessage) -> Heard:
        recent = await self._stage.hub.recent(message.conversation_id)
        earlier = [one for one in recent if one.sequence_id < message.sequence_id]
        replied = None
        if message.reply_to is not None:
            replied = await self._stage.message(message.conversation_id, message.reply_to)
        return Heard(message, conversation, replied, earlier[-1] if earlier else None)

    async def _judged(self, heard: Heard) -> bool:
        """Whatever isn't a clear yes in time is a no."""
        recent = await insist(lambda: self._stage.hub.recent(heard.message.conversation_id))
        told = [one for one in recent if one.sequence_id <= heard.message.sequence_id][-TOLD:]
        lines = "\n".join(f"{one.sender_name}: {one.content}" for one in told)
        thread_id, owner = heard.conversation.conversation_id, heard.conversation.owner
        try:
            async with asyncio.timeout(JUDGE_SECONDS):
                thread = await self._stage.threads.get_thread(owner, thread_id)
                word = await self._stage.work.quick_word(
                    thread, JUDGE.format(title=self._agent.title), Message(Role.USER, lines)
                )
        except (LukaError, TimeoutError) as error:
            log.info("agent.undecided", agent=self._agent.name, reason=type(error).__name__)
            return False
        return word.strip().lower().startswith(("yes", "да"))
