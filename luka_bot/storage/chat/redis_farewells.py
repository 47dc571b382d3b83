"""Groups that luka leaves, and whom to tell that a conversation is closed, in Redis."""

import json
from typing import Any

from luka_bot.models.farewell import Ending, Farewell
from luka_bot.models.ids import ChatId, ThreadId, TopicId
from luka_bot.storage import keys
from luka_bot.storage.chat.redis_log import RedisTalk
from luka_bot.storage.chat.redis_people import announcement
from luka_bot.storage.scripts import Script

_GROUP = Script.load("chat_group", "chat", repeatable=True)
_FAREWELLS = Script.load("chat_farewells")

AT_ONCE = 20


class RedisFarewells(RedisTalk):
    async def group_left(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        return await self._group(chat_id, "left", now)

    async def group_back(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        return await self._group(chat_id, "back", now)

    async def topic_gone(
        self, chat_id: ChatId, topic_id: TopicId, now: float
    ) -> tuple[ThreadId, ...]:
        return await self._group(chat_id, "gone", now, topic_id)

    async def take_farewells(self, now: float, again: float) -> tuple[Farewell, ...]:
        args: list[str | int] = [repr(now), repr(again), AT_ONCE]
        found = await self._storage.run(_FAREWELLS, [keys.CONV_FAREWELLS], args)
        return tuple(_farewell(one) for one in found)

    async def told(self, farewell: Farewell) -> None:
        await self._storage.read(lambda redis: redis.zrem(keys.CONV_FAREWELLS, farewell.key))

    async def _group(
        self, chat_id: ChatId, what: str, now: float, topic_id: TopicId | None = None
    ) -> tuple[ThreadId, ...]:
        name = f"group_{what}" if topic_id is None else f"topic_{what}"
        event = {"event": name, "name": "", "id": str(chat_id)}
        args: list[str | int] = [chat_id, what, repr(now), announcement(ThreadId(""), event, now)]
        args += [] if topic_id is None else [topic_id]
        return tuple(ThreadId(one) for one in await self._storage.run(_GROUP, args=args))


def _farewell(text: str) -> Farewell:
    told: dict[str, Any] = json.loads(text)
    return Farewell(
        conversation_id=ThreadId(told["conversation_id"]),
        epoch=told["epoch"],
        chat_id=ChatId(int(told["chat_id"])),
        name=told["name"],
        how=Ending(told["how"]),
        by_name=told["by_name"],
        key=text,
    )
