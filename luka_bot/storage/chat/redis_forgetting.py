"""Whoever is forgotten leaves no conversation with anything of theirs in it."""

from collections.abc import AsyncIterator, Iterable
from typing import Any

from luka_bot.models.farewell import Closing, Ending
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.participant import human
from luka_bot.storage import keys
from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_FORGET = Script.load("chat_forget", "chat", "chat_taken", repeatable=True)
_FAREWELLS = Script.load("chat_forget_farewells", repeatable=True)
_KEYS = Script.load("chat_forget_keys", repeatable=True)

SCANNED = 1000  # keys a round trip


async def forget_in_conversations(
    chat: ChatStorage, storage: Storage, user_id: UserId, now: float
) -> tuple[ThreadId, ...]:
    """All conversations are looked at: they may have left one, and their words stayed there.

    Those that they were in, or that were theirs.
    """
    found: list[ThreadId] = []
    async for names in _keys(storage):
        for conversation_id in _conversations(names):
            args = [conversation_id, human(user_id), str(user_id), repr(now)]
            (how,) = await storage.run(_FORGET, args=args)
            if how == "OWN":
                await chat.close_conversation(conversation_id, Closing(Ending.FORGOTTEN))
            if how != "OUT":
                found.append(conversation_id)
        left = [name for name in names if _is_theirs(name, user_id)]
        if left:
            await storage.run(_KEYS, left, [str(user_id)])
    await storage.run(_KEYS, [keys.user_convs(human(user_id))], [str(user_id)])
    await storage.run(_FAREWELLS, [keys.CONV_FAREWELLS], [str(user_id)])
    return tuple(found)


async def _keys(storage: Storage) -> AsyncIterator[list[str]]:
    cursor, begun = 0, False
    while cursor or not begun:
        page: Any = await storage.read(lambda redis, at=cursor: redis.scan(at, count=SCANNED))  # type: ignore[misc] # the page's own cursor
        begun, cursor = True, int(page[0])
        yield [str(name) for name in page[1]]


def _conversations(names: Iterable[str]) -> list[ThreadId]:
    prefix = keys.conv.prefix
    return [ThreadId(name.removeprefix(prefix)) for name in names if name.startswith(prefix)]


def _is_theirs(name: str, user_id: UserId) -> bool:
    """Of a message's id, of where it stands, of what is brought to their direct messages."""
    if name.startswith(keys.dedup.prefix):
        return f":{human(user_id)}:" in name
    if name.startswith(keys.bridged.prefix):
        return f":{user_id}:" in name
    return name.startswith((keys.post(f"{user_id}:"), keys.conv_posts.prefix))
