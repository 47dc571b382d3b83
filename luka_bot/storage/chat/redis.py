"""Conversations in Redis, shared by all replicas."""

from contextlib import AbstractAsyncContextManager

from luka_bot.models.conversation import Conversation, Membership, Policy
from luka_bot.models.farewell import Closing
from luka_bot.models.ids import ChatId, ParticipantId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door
from luka_bot.models.thread import Thread
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.contract import UNSAID
from luka_bot.storage.chat.memory import as_message
from luka_bot.storage.chat.redis_bus import RedisBus
from luka_bot.storage.chat.redis_farewells import RedisFarewells
from luka_bot.storage.chat.redis_forgetting import forget_in_conversations
from luka_bot.storage.chat.redis_people import RedisPeople, _where
from luka_bot.storage.chat.redis_work import RedisWork
from luka_bot.storage.chat.shapes import LOG_LIMIT, BusListener, Clock, Frame, Opening
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_OPEN = Script.load("chat_open", "chat", repeatable=True)
_STATE = Script.load("chat_state", "chat", repeatable=True)
_OF = Script.load("chat_of", "chat", repeatable=True)
_POLICY = Script.load("chat_policy", "chat", repeatable=True)
_CLOSE = Script.load("chat_close", "chat", repeatable=True)
_BIND = Script.load("chat_bind", "chat", repeatable=True)
_MOVE = Script.load("chat_move", "chat", repeatable=True)


class RedisChatStorage(RedisPeople, RedisWork, RedisFarewells):
    def __init__(self, storage: Storage, clock: Clock) -> None:
        super().__init__(storage, clock)
        self._bus = RedisBus(storage)

    async def open_conversation(self, opening: Opening) -> Conversation:
        thread = opening.thread
        args: list[str | int] = [thread.thread_id, opening.epoch, repr(self._clock())]
        args.append(len(opening.participants))
        for one in opening.participants:
            chat, agent = _where(one.id)
            args += [one.id, codec.member_text(one), chat if Door.DM in one.doors else "", agent]
        first = max(0, len(opening.history) - LOG_LIMIT) + 1
        args.append(first)
        for number, said in enumerate(opening.history[first - 1 :], first):
            known = as_message(thread.thread_id, number, said, thread.user_id)
            args.append(codec.message_text(known))
        reply = await self._storage.run(_OPEN, args=args, replicated=True)
        conversation = codec.conversation(codec.accepted(reply, thread.thread_id)[0])
        if opening.chat_id is None or conversation.chat_id is not None:
            return conversation
        await self.bind(opening.chat_id, opening.topic_id, thread.thread_id)
        return await self.conversation(thread.thread_id)

    async def conversation(self, conversation_id: ThreadId) -> Conversation:
        reply = await self._storage.run(_STATE, args=[conversation_id])
        return codec.conversation(codec.accepted(reply, conversation_id)[0])

    async def renamed(self, thread: Thread) -> Conversation:
        """The name is the thread's own."""
        return await self.conversation(thread.thread_id)

    async def conversations_of(self, participant: ParticipantId) -> tuple[Membership, ...]:
        states = await self._storage.run(_OF, [keys.user_convs(participant)])
        found = [codec.membership(state, participant) for state in states]
        return tuple(sorted(found, key=lambda one: -one.said_at))

    async def set_policy(self, conversation_id: ThreadId, policy: Policy | None) -> None:
        value = "" if policy is None else policy.value
        reply = await self._storage.run(_POLICY, args=[conversation_id, value])
        codec.accepted(reply, conversation_id)

    async def close_conversation(
        self, conversation_id: ThreadId, closing: Closing = UNSAID
    ) -> None:
        by = "" if closing.by is None else closing.by
        args = [conversation_id, repr(self._clock()), closing.how.value, by, closing.by_name]
        await self._storage.run(_CLOSE, args=args)

    async def bind(
        self, chat_id: ChatId, topic_id: TopicId | None, conversation_id: ThreadId
    ) -> None:
        topic = "" if topic_id is None else topic_id
        reply = await self._storage.run(_BIND, args=[conversation_id, chat_id, topic])
        codec.accepted(reply, conversation_id)

    async def bound(self, chat_id: ChatId, topic_id: TopicId | None) -> ThreadId | None:
        known = keys.chat_thread(f"{chat_id}:{'' if topic_id is None else topic_id}")
        found = await self._storage.read(lambda redis: redis.get(known))
        return ThreadId(str(found)) if found else None

    async def move_chat(self, before: ChatId, after: ChatId) -> None:
        await self._storage.run(_MOVE, args=[before, after, repr(self._clock())])

    async def forget(self, user_id: UserId) -> tuple[ThreadId, ...]:
        return await forget_in_conversations(self, self._storage, user_id, self._clock())

    async def publish(self, conversation_id: ThreadId, frame: Frame) -> None:
        await self._bus.publish(conversation_id, frame)

    def listening(self, listener: BusListener) -> AbstractAsyncContextManager[None]:
        return self._bus.listening(listener)
