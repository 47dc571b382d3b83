"""Conversations in this process alone: for development and tests."""

from dataclasses import replace

from luka_bot.models.agent import DEFAULT_AGENT
from luka_bot.models.conversation import (
    ChatMessage,
    Conversation,
    Membership,
    MessageType,
    Policy,
)
from luka_bot.models.farewell import Closing, Ending
from luka_bot.models.ids import ChatId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import ParticipantType, agent, human
from luka_bot.models.thread import Thread
from luka_bot.storage.chat.contract import UNSAID
from luka_bot.storage.chat.log import NOBODY, MemoryLog
from luka_bot.storage.chat.memory_farewells import MemoryFarewells
from luka_bot.storage.chat.memory_forgetting import forget_in
from luka_bot.storage.chat.memory_log import MemoryTalk
from luka_bot.storage.chat.memory_people import MemoryPeople, drop_posts
from luka_bot.storage.chat.memory_work import MemoryWork
from luka_bot.storage.chat.room import Room
from luka_bot.storage.chat.shapes import LOG_LIMIT, Opening


class MemoryChatStorage(MemoryTalk, MemoryPeople, MemoryWork, MemoryFarewells):
    async def open_conversation(self, opening: Opening) -> Conversation:
        thread = opening.thread
        room = self._rooms.get(thread.thread_id)
        if room is not None:
            room.thread = thread
            return room.conversation
        room = Room(thread, MemoryLog(opening.epoch), said_at=thread.updated_at.timestamp())
        self._rooms[thread.thread_id] = room
        room.members = {one.id: one for one in opening.participants}
        skipped = max(0, len(opening.history) - LOG_LIMIT)
        room.log.current = skipped
        for number, said in enumerate(opening.history[skipped:], skipped + 1):
            room.log.add(as_message(thread.thread_id, number, said, thread.user_id))
        if opening.chat_id is not None:
            await self.bind(opening.chat_id, opening.topic_id, thread.thread_id)
        return room.conversation

    async def conversation(self, conversation_id: ThreadId) -> Conversation:
        return self._room(conversation_id).conversation

    async def renamed(self, thread: Thread) -> Conversation:
        room = self._room(thread.thread_id)
        room.thread = replace(room.thread, name=thread.name)
        return room.conversation

    async def conversations_of(self, participant: ParticipantId) -> tuple[Membership, ...]:
        rooms = [room for room in self._rooms.values() if participant in room.members]
        rooms.sort(key=lambda room: -room.said_at)
        return tuple(
            Membership(room.conversation, room.said_at, room.spoke.get(participant, 0))
            for room in rooms
        )

    async def set_policy(self, conversation_id: ThreadId, policy: Policy | None) -> None:
        self._room(conversation_id).policy = policy

    async def close_conversation(
        self, conversation_id: ThreadId, closing: Closing = UNSAID
    ) -> None:
        room = self._rooms.pop(conversation_id, None)
        if room is None:
            return
        self._part(room, closing)
        self._bound = {at: one for at, one in self._bound.items() if one != conversation_id}
        self._stands = {
            at: one for at, one in self._stands.items() if one.conversation_id != conversation_id
        }
        self._hosts.pop(conversation_id, None)
        said = {"by": closing.by_name} if closing.by_name else {}
        self._tell(conversation_id, {"type": "closed", "how": closing.how.value, **said})

    async def bind(
        self, chat_id: ChatId, topic_id: TopicId | None, conversation_id: ThreadId
    ) -> None:
        room = self._room(conversation_id)
        before = self._bound.get((chat_id, topic_id))
        if before in self._rooms and before != conversation_id:
            self._rooms[before].chat_id = self._rooms[before].topic_id = None
            drop_posts(self._rooms[before], str(chat_id))
        self._bound = {at: one for at, one in self._bound.items() if one != conversation_id}
        self._bound[chat_id, topic_id] = conversation_id
        room.chat_id, room.topic_id = chat_id, topic_id

    async def bound(self, chat_id: ChatId, topic_id: TopicId | None) -> ThreadId | None:
        return self._bound.get((chat_id, topic_id))

    async def move_chat(self, before: ChatId, after: ChatId) -> None:
        for (chat, topic), bound in list(self._bound.items()):
            if chat == before:
                del self._bound[chat, topic]
                self._bound[after, topic] = bound
                self._rooms[bound].chat_id = after
                self._rooms[bound].move(before, after)
        self._stands = {at: one for at, one in self._stands.items() if at[0] != before}

    async def forget(self, user_id: UserId) -> tuple[ThreadId, ...]:
        who = human(user_id)
        found = []
        for room in [*self._rooms.values()]:
            key = room.thread.thread_id
            if room.thread.user_id == user_id:
                found.append(key)
                await self.close_conversation(key, Closing(Ending.FORGOTTEN))
                continue
            forget_in(room, who, lambda number, room=room: self._taken_back(room, number, NOBODY))  # type: ignore[misc] # the room of this turn
            if room.members.pop(who, None) is not None:
                found.append(key)
                self._update(room, "leave", who)
        self._stands = {at: one for at, one in self._stands.items() if at[0] != ChatId(user_id)}
        self._forget_farewells(user_id)
        return tuple(found)


def as_message(thread_id: ThreadId, number: int, said: Message, owner: UserId) -> ChatMessage:
    """What was said in a thread before it was a conversation."""
    is_answer = said.role is Role.ASSISTANT
    person = said.writer or said.sender_id or owner
    return ChatMessage(
        message_id=f"h{number}",
        conversation_id=thread_id,
        sequence_id=number,
        sender_id=agent(DEFAULT_AGENT) if is_answer else human(person),
        sender_name=said.name or (str(DEFAULT_AGENT) if is_answer else ""),
        sender_type=ParticipantType.AGENT if is_answer else ParticipantType.HUMAN,
        content=said.content,
        timestamp=said.ts,
        message_type=MessageType.NLWEB_RESPONSE if is_answer else MessageType.TEXT,
    )
