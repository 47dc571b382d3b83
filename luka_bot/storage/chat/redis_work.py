"""What conversations owe, and where their messages stand, in Redis."""

from collections.abc import Collection, Sequence
from typing import Any

from luka_bot.models.conversation import Posted, Work
from luka_bot.models.ids import ChatId, MessageId, ParticipantId, ThreadId
from luka_bot.storage import keys
from luka_bot.storage.chat import codec
from luka_bot.storage.chat.memory_work import OWING
from luka_bot.storage.chat.redis_log import RedisTalk
from luka_bot.storage.scripts import Script

_WORK = Script.load("chat_work", "chat", repeatable=True)
_OWING = Script.load("chat_owing", repeatable=True)
_POSTED = Script.load("chat_posted", "chat", repeatable=True)
_SEEN = Script.load("chat_seen", repeatable=True)
_TAKE = Script.load("take_lease", repeatable=True)
_RELEASE = Script.load("release_lease", repeatable=True)
PRESENCE_SECONDS = int(keys.PRESENCE_LIFE.total_seconds())


class RedisWork(RedisTalk):
    async def outstanding(self, conversation_id: ThreadId) -> tuple[Work, ...]:
        known = keys.conv_work(conversation_id)
        works = await self._storage.read(lambda redis: redis.zrange(known, 0, -1))
        return tuple(Work.from_key(str(one)) for one in works)

    async def finish(self, conversation_id: ThreadId, works: Collection[Work]) -> None:
        if works:
            args = [conversation_id, "done", repr(self._clock()), *(one.key for one in works)]
            await self._storage.run(_WORK, args=args)

    async def add_work(self, conversation_id: ThreadId, work: Work) -> None:
        args = [conversation_id, "more", repr(self._clock()), work.key]
        codec.accepted(await self._storage.run(_WORK, args=args), conversation_id)

    async def owing(self) -> tuple[ThreadId, ...]:
        found = await self._storage.run(_OWING, args=[OWING])
        return tuple(ThreadId(one) for one in found)

    async def host(self, conversation_id: ThreadId, holder: str, seconds: float) -> bool:
        lease = keys.lease(f"conv:{conversation_id}")
        return await self._storage.run(_TAKE, [lease], [holder, int(seconds * 1000)]) == ["OK"]

    async def release(self, conversation_id: ThreadId, holder: str) -> None:
        await self._storage.run(_RELEASE, [keys.lease(f"conv:{conversation_id}")], [holder])

    async def posted(
        self,
        conversation_id: ThreadId,
        sequence_id: int,
        chat_id: ChatId,
        messages: Sequence[MessageId],
    ) -> None:
        args: list[str | int] = [conversation_id, sequence_id, chat_id]
        args += [",".join(map(str, messages)), repr(self._clock())]
        codec.accepted(await self._storage.run(_POSTED, args=args), conversation_id)

    async def posts_of(
        self, conversation_id: ThreadId, sequence_id: int
    ) -> dict[ChatId, tuple[MessageId, ...]]:
        known = keys.conv_posts(f"{conversation_id}:{sequence_id}")
        posts = await self._storage.read(lambda redis: redis.hgetall(known))
        return {
            ChatId(int(chat)): tuple(MessageId(int(one)) for one in str(ids).split(","))
            for chat, ids in posts.items()
        }

    async def post_at(self, chat_id: ChatId, message_id: MessageId) -> Posted | None:
        known = keys.post(f"{chat_id}:{message_id}")
        found = await self._storage.read(lambda redis: redis.get(known))
        if not found:
            return None
        conversation_id, _, number = str(found).rpartition(":")
        return Posted(ThreadId(conversation_id), int(number))

    async def seen(
        self, conversation_id: ThreadId, participant: ParticipantId, now: float | None
    ) -> None:
        known = keys.presence(conversation_id)
        if now is None:
            await self._storage.read(lambda redis: redis.zrem(known, participant))
            return
        args: list[str | int] = [participant, repr(now), PRESENCE_SECONDS]
        await self._storage.run(_SEEN, [known], args)

    async def present(self, conversation_id: ThreadId, since: float) -> dict[ParticipantId, float]:
        known = keys.presence(conversation_id)
        found = await self._storage.read(
            lambda redis: redis.zrangebyscore(known, since, "+inf", withscores=True)
        )
        pairs: Any = found  # the client can't say that it gives pairs
        return {ParticipantId(who): float(when) for who, when in pairs}
