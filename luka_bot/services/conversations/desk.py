"""What every part of the service of conversations works with."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.agent import DEFAULT_AGENT
from luka_bot.models.clock import Clock
from luka_bot.models.conversation import Conversation, Joined
from luka_bot.models.conversation_errors import NotInConversation, ParticipantLimit
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import AgentName, ThreadId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, ParticipantType, human
from luka_bot.models.thread import Thread, ThreadKind
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.frames import AWAY_AFTER, update_frame
from luka_bot.services.conversations.hosts import Hosts
from luka_bot.services.conversations.hub import Hub
from luka_bot.services.conversations.saying import Speaker
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.contract import ChatLimits, ChatStorage, Opening


class SharedThreads(Protocol):
    """Threads as conversations need them."""

    async def mark_conversation(self, thread_id: ThreadId) -> None:
        """No turn is opened in it from now on."""
        ...

    async def add_member(self, user_id: UserId, thread_id: ThreadId, *, active: bool) -> None:
        """It is among their threads, though somebody else's."""
        ...

    async def remove_member(self, user_id: UserId, thread_id: ThreadId) -> None: ...

    async def remove_from_history(self, thread_id: ThreadId, number: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """now: seconds since the epoch. most: characters of a message."""

    storage: ChatStorage
    threads: ThreadService
    shared: SharedThreads
    book: AgentBook
    hub: Hub
    hosts: Hosts
    limits: ChatLimits
    most: int
    now: Clock


class Part:
    """Of ConversationService."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def _inside(self, user_id: UserId, conversation_id: ThreadId) -> Conversation:
        """Raises NotInConversation, ThreadGone. A group's number stands for who decides there."""
        conversation = await self._desk.storage.conversation(conversation_id)
        inside = conversation.participant(human(user_id)) is not None
        if not inside and conversation.owner != user_id:
            raise NotInConversation(conversation_id)
        return conversation

    def _person(self, who: Speaker, *doors: Door) -> ParticipantInfo:
        kind = ParticipantType.HUMAN
        return ParticipantInfo(
            human(who.user_id), who.name, kind, self._desk.now(), frozenset(doors)
        )

    def _agents(self, names: Sequence[AgentName] | None) -> tuple[ParticipantInfo, ...]:
        wanted = (DEFAULT_AGENT,) if names is None else tuple(dict.fromkeys(names))
        return tuple(self._desk.book.participant(name, self._desk.now()) for name in wanted)

    async def _open(
        self, thread: Thread, people: Sequence[ParticipantInfo], agents: Sequence[ParticipantInfo]
    ) -> Conversation:
        """What was said in the thread before is the beginning of the conversation's log. One that
        is open already is left as it is."""
        participants = (*people, *agents)
        self._check_size(len(participants))
        desk, thread_id = self._desk, thread.thread_id
        with suppress(ThreadGone):
            return await desk.storage.conversation(thread_id)
        await desk.shared.mark_conversation(thread_id)
        said = await desk.threads.history(thread.user_id, thread_id)
        opening = Opening(
            thread=thread,
            participants=participants,
            epoch=secrets.token_hex(4),
            chat_id=thread.chat_id if thread.kind is ThreadKind.GROUP else None,
            topic_id=thread.topic_id if thread.kind is ThreadKind.GROUP else None,
            history=said,
        )
        return await desk.storage.open_conversation(opening)

    def _check_size(self, participants: int) -> None:
        most = self._desk.limits.max_participants
        if participants > most:
            raise ParticipantLimit(most)

    def _wake(self, joined: Joined) -> None:
        """That somebody came or went is brought to Telegram, too."""
        if joined.message is not None:
            self._desk.hosts.wake(joined.conversation.conversation_id)

    async def _tell(self, conversation: Conversation, action: str, **more: object) -> None:
        desk, key = self._desk, conversation.conversation_id
        online = await desk.storage.present(key, desk.now() - AWAY_AFTER)
        frame = update_frame(conversation, action, online.keys(), **more)
        await desk.storage.publish(key, frame)
