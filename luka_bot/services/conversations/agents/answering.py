"""One answer of one agent, from its question to the stored message."""

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog

from luka_bot.background import Background
from luka_bot.metrics_chat import (
    AGENT_FAILURES,
    AGENT_SECONDS,
    AGENT_TIMEOUTS,
    CONTEXT_SECONDS,
    MESSAGES,
)
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, Conversation, Draft, MessageType, Work
from luka_bot.models.conversation_errors import AgentTimeout
from luka_bot.models.errors import LukaError, ModelError, Refused
from luka_bot.models.events import Cut, Finished, TurnEvent
from luka_bot.models.ids import ChatId, ParticipantId, TurnId
from luka_bot.models.participant import agent as agent_id
from luka_bot.models.turn import Turn
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.context import build_context
from luka_bot.services.conversations.agents.growing import Growing
from luka_bot.services.conversations.agents.speakers import Speakers
from luka_bot.services.conversations.agents.tee import Tee
from luka_bot.services.conversations.agents.timing import in_time
from luka_bot.services.conversations.agents.trouble import tell_asker
from luka_bot.services.conversations.place import Place
from luka_bot.services.conversations.stage import Stage
from luka_bot.services.conversations.transport import Speaking
from luka_bot.services.writing import Writing

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """asked: the last of what is answered together, work its own, and others those before it."""

    conversation: Conversation
    agent: Agent
    asked: ChatMessage
    work: Work
    others: tuple[Work, ...]

    @property
    def message_id(self) -> str:
        """The same in every run, so that it is stored once."""
        return f"a{self.asked.sequence_id}.{self.agent.name}"

    @property
    def speaking(self) -> Speaking:
        return Speaking(
            self.conversation, self.agent.name, self.agent.title, self.message_id, self.asked
        )


class Answering:
    """places: the Telegram chats of the conversation."""

    def __init__(
        self, stage: Stage, background: Background, task: Task, places: Mapping[ChatId, Place]
    ) -> None:
        self._stage = stage
        self._task = task
        self._tee = Tee()
        self._writing: Writing | None = None
        self._ends = False
        self._given_up = False
        self._over = False
        self._speakers = None
        if stage.transport is not None:
            self._speakers = Speakers(stage.transport, background, places, task.speaking, self._tee)
        self._growing = Growing(
            stage.storage,
            background,
            task.conversation.conversation_id,
            task.message_id,
            agent_id(task.agent.name),
        )

    def speak(self) -> None:
        """Its question is whole: from now on it is shown in Telegram, too."""
        if self._speakers is not None and not self._given_up and not self._over:
            self._speakers.begin()

    def show(self, who: ParticipantId) -> None:
        """All that it has said so far, to somebody who comes."""
        self._growing.show(who)

    def stop(self) -> None:
        """What there is becomes the answer."""
        self._ends = True
        if self._writing is not None:
            self._writing.stop()

    def give_up(self) -> None:
        """As if it was never begun."""
        self._given_up = True
        self.stop()

    async def run(self) -> None:
        try:
            await self._run()
        finally:
            if not self._over:
                self._tee.withdraw()

    async def _run(self) -> None:
        began = self._stage.clock()
        try:
            ending = await self._write()
        except (ModelError, AgentTimeout, Refused) as error:
            await self._fail(error)
            return
        if self._given_up:
            await self._take_back()
            return
        await self._end(ending)
        AGENT_SECONDS.observe(self._stage.clock() - began)

    async def _write(self) -> Finished | Cut:
        turn = await insist(self._turn)
        writing = self._writing = Writing(turn)
        if self._ends:
            writing.stop()
        source = self._stage.work.answer(turn, writing.stop)
        events = in_time(writing.events(source), self._stage.rules.first_word)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Finished | Cut):
                    return event
                self._show(event)
        return Cut()

    def _show(self, event: TurnEvent) -> None:
        if not self._given_up:
            self._tee.add(event)
            self._growing.saw(event)

    async def _turn(self) -> Turn:
        task, rules = self._task, self._stage.rules
        conversation = task.conversation
        thread = await self._stage.threads.get_thread(
            conversation.owner, conversation.conversation_id
        )
        recent = await self._stage.hub.recent(conversation.conversation_id)
        began = self._stage.clock()
        context = build_context(recent, task.asked, task.agent.name, rules.human_messages)
        CONTEXT_SECONDS.observe(self._stage.clock() - began)
        persona = replace(
            thread,
            model=task.agent.model or thread.model,
            system_prompt=task.agent.system_prompt or thread.system_prompt,
        )
        return Turn(TurnId(task.message_id), persona, context.question, context.history)

    async def _end(self, ending: Finished | Cut) -> None:
        """Stored before its last word is shown: what people see is never lost."""
        self._over = True
        text = self._writing.text if self._writing is not None else ""
        await self._growing.end()
        number = await insist(lambda: self._store(text)) if text.strip() else None
        if number is None:
            await self._take_back()
            return
        if self._speakers is not None:
            self._speakers.stored(number)
        self._tee.add(ending)
        if isinstance(ending, Cut) and ending.error is not None:
            AGENT_FAILURES.labels(type(ending.error).__name__).inc()
            await tell_asker(self._stage, self._task.speaking, ending.error)

    async def _store(self, text: str) -> int | None:
        """None if nobody wants it any more: its work gave way, or the agent was taken out."""
        task = self._task
        draft = Draft(
            conversation_id=task.conversation.conversation_id,
            message_id=task.message_id,
            sender_id=agent_id(task.agent.name),
            sender_name=task.agent.title,
            content=text,
            timestamp=self._stage.now(),
            message_type=MessageType.NLWEB_RESPONSE,
            reply_to=task.asked.sequence_id,
            hops=task.asked.hops + 1,
            ends=task.work,
        )
        storage = self._stage.storage
        try:
            if task.others:  # first, so that nobody answers them again after a crash
                await storage.finish(draft.conversation_id, task.others)
            stored = await storage.store_message(draft, self._stage.rules.limits)
        except Refused as refused:
            log.info("agent.answer_refused", reason=type(refused).__name__)
            return None
        MESSAGES.labels("agent", "inside").inc()
        return stored.message.sequence_id

    async def _fail(self, error: LukaError) -> None:
        log.info("agent.failed", agent=self._task.agent.name, reason=type(error).__name__)
        AGENT_FAILURES.labels(type(error).__name__).inc()
        if isinstance(error, AgentTimeout):
            AGENT_TIMEOUTS.labels(self._task.agent.name).inc()
        await self._take_back(None if self._given_up else error)
        if not self._given_up:
            await tell_asker(self._stage, self._task.speaking, error)

    async def _take_back(self, error: LukaError | None = None) -> None:
        self._over = True
        self._tee.withdraw()
        await self._growing.take_back()
        if self._speakers is not None:
            await self._speakers.take_back(error)
