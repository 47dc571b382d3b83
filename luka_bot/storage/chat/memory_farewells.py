"""Groups that luka leaves, and whom to tell that a conversation is closed, in memory."""

from dataclasses import replace
from uuid import uuid4

from luka_bot.models.farewell import Closing, Farewell
from luka_bot.models.ids import ChatId, ThreadId, TopicId, UserId
from luka_bot.models.participant import Door
from luka_bot.storage.chat.memory_base import MemoryBase
from luka_bot.storage.chat.room import Room
from luka_bot.storage.chat.shapes import FAREWELLS


class MemoryFarewells(MemoryBase):
    async def group_left(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        return self._group(chat_id, now, is_back=False)

    async def group_back(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        return self._group(chat_id, now, is_back=True)

    async def topic_gone(
        self, chat_id: ChatId, topic_id: TopicId, now: float
    ) -> tuple[ThreadId, ...]:
        bound = self._bound.pop((chat_id, topic_id), None)
        if bound is None or self._rooms[bound].chat_id != chat_id:
            return ()
        self._rooms[bound].chat_id, self._rooms[bound].topic_id = None, None
        self._leave(bound, chat_id, "topic_gone", now)
        return (bound,)

    async def take_farewells(self, now: float, again: float) -> tuple[Farewell, ...]:
        found = [one for one, (since, _) in self._farewells.items() if since <= now]
        self._farewells.update({one: (again, self._farewells[one][1]) for one in found})
        return tuple(found)

    async def told(self, farewell: Farewell) -> None:
        self._farewells.pop(farewell, None)

    def _part(self, room: Room, closing: Closing) -> None:
        """Whoever was in by direct messages is to be told."""
        there = room.conversation
        for chat_id in there.dm_chats:
            if chat_id in (ChatId(there.owner), closing.by):
                continue
            farewell = Farewell(
                there.conversation_id,
                there.epoch,
                chat_id,
                there.name,
                closing.how,
                closing.by_name,
                uuid4().hex,
            )
            self._farewells[farewell] = (self._clock(), closing.by)
            self._tell(FAREWELLS, {"type": "farewells"})

    def _forget_farewells(self, user_id: UserId) -> None:
        known, self._farewells = self._farewells, {}
        for one, (since, by) in known.items():
            if one.chat_id != ChatId(user_id):
                is_theirs = by == user_id
                kept = replace(one, by_name="") if is_theirs else one
                self._farewells[kept] = (since, None if is_theirs else by)

    def _group(self, chat_id: ChatId, now: float, *, is_back: bool) -> tuple[ThreadId, ...]:
        told = []
        for (chat, topic), bound in self._bound.items():
            room = self._rooms[bound]
            if chat != chat_id or (room.chat_id is not None) == is_back:
                continue
            room.chat_id, room.topic_id = (chat, topic) if is_back else (None, None)
            if is_back:
                self._announce_group(bound, chat, "group_back", now)
            else:
                self._leave(bound, chat, "group_left", now)
            told.append(bound)
        return tuple(told)

    def _leave(self, bound: ThreadId, chat: ChatId, what: str, now: float) -> None:
        _let_go(self._rooms[bound], str(chat))
        self._announce_group(bound, chat, what, now)

    def _announce_group(self, bound: ThreadId, chat: ChatId, what: str, now: float) -> None:
        room = self._rooms[bound]
        event = {"event": what, "name": room.thread.name, "id": str(chat)}
        self._announce(room, event, now, chat)
        self._tell(bound, {"type": "participant_update", "action": what})


def _let_go(room: Room, chat: str) -> None:
    """Nothing goes there any more, and whoever was in by the group alone hears it no longer."""
    room.work = {key: one for key, one in room.work.items() if one.name != chat}
    room.members = {key: one for key, one in room.members.items() if one.doors != {Door.GROUP}}
