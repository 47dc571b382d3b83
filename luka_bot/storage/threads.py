"""A person's threads: made, listed, switched, renamed, deleted and brought back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from uuid import UUID, uuid4, uuid5

from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.message import Message
from luka_bot.models.thread import THREADS_LIMIT, DeletedThread, Switched, Thread, ThreadPage
from luka_bot.storage import codec, keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import MAIN_CHAT, Script

_CREATE = Script.load("create_thread", "thread", repeatable=True, fenced=True)
_PAGE = Script.load("page_threads", "thread", repeatable=True)
_GET = Script.load("get_thread", "thread", repeatable=True)
_ACTIVE = Script.load("get_active_thread", "thread", repeatable=True, fenced=True)
_SWITCH = Script.load("set_active_thread", "thread", repeatable=True, fenced=True)
_UPDATE = Script.load("update_thread", "thread", repeatable=True, fenced=True)
_DELETE = Script.load("delete_thread", "thread", fenced=True)
_RESTORE = Script.load("restore_thread", "thread", fenced=True)
_CLEAR = Script.load("clear_history", "thread", repeatable=True, fenced=True)
_SUMMARY = Script.load("set_summary", repeatable=True)
_HISTORY = Script.load("get_history", "thread", repeatable=True)
_MARK = Script.load("mark_conversation", "thread", repeatable=True)
_APPEND = Script.load("append_history", "thread", repeatable=True)
_REMOVE = Script.load("remove_from_history", "thread", repeatable=True)
_MEMBER = Script.load("change_member", "thread", repeatable=True)

DOUBLE_TAP = 3.0  # s; longer apart, and the person means two
_REQUESTS = UUID("6c9f61d2-0f9e-4f0e-9a55-7f2f4f1d3c0b")  # namespace of the ids made from requests


class ThreadStore:
    """now is seconds since the epoch. Who may not, or asks for what is no more, meets NotYours or
    ThreadGone in the same step that acts; joined members read and switch, owners change."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def create(self, user_id: UserId, name: str, now: float, request: str = "") -> Thread:
        """Active at once. An empty name becomes "Chat N", or "Main Chat" for the first thread.

        request: whatever names the person's wish; asked for again, it is the same thread, though
        it be in the trash by now. Without a name, a thread that was made so less than DOUBLE_TAP
        ago and is active, empty and not renamed is given back: on a slow line people tap twice,
        and a second empty thread is never what they meant. Raises TooManyThreads.
        """
        blank = blank_thread(user_id, name, now)
        if request:
            blank = replace(blank, thread_id=_requested(user_id, request))
        first_tap = codec.iso(now - DOUBLE_TAP)
        args: list[str | int] = [str(user_id), THREADS_LIMIT, first_tap, *codec.flat(blank)]
        reply = await self._storage.run(_CREATE, args=args)
        return codec.thread(codec.accepted(reply)[0])

    async def page(self, user_id: UserId, offset: int, limit: int) -> ThreadPage:
        """Newest first. An offset behind the end gives the last page."""
        reply = await self._storage.run(_PAGE, args=[str(user_id), max(offset, 0), max(limit, 1)])
        total, start, active, hashes = codec.accepted(reply)
        return ThreadPage(
            threads=tuple(codec.thread(fields) for fields in hashes),
            total=total,
            offset=start,
            active_id=ThreadId(active) if active else None,
        )

    async def get(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        reply = await self._storage.run(_GET, args=[str(user_id), thread_id])
        return codec.thread(codec.accepted(reply, thread_id)[0])

    async def active(self, user_id: UserId, now: float) -> Thread:
        """The active one, else the newest, else a new "Main Chat"; one only, however many ask."""
        fields = codec.flat(blank_thread(user_id, MAIN_CHAT, now))
        reply = await self._storage.run(_ACTIVE, args=[str(user_id), *fields])
        return codec.thread(codec.accepted(reply)[0])

    async def set_active(self, user_id: UserId, thread_id: ThreadId, request: str = "") -> Switched:
        """request: what asks for it; a second run of the same is no second switch."""
        reply = await self._storage.run(_SWITCH, args=[str(user_id), thread_id, request])
        fields, already = codec.accepted(reply, thread_id)
        return Switched(codec.thread(fields), was_active=bool(already))

    async def rename(self, user_id: UserId, thread_id: ThreadId, name: str) -> Thread:
        return await self._update(user_id, thread_id, "owner", {"name": name})

    async def configure(
        self, user_id: UserId, thread_id: ThreadId, model: str | None, system_prompt: str | None
    ) -> Thread:
        """None leaves a field as it is; empty text gives it back to the default."""
        wanted = {"model": model, "system_prompt": system_prompt}
        given = {field: text for field, text in wanted.items() if text is not None}
        return await self._update(user_id, thread_id, "owner", given)

    async def touch(self, user_id: UserId, thread_id: ThreadId, now: float) -> Thread:
        return await self._update(user_id, thread_id, "member", {"updated_at": codec.iso(now)})

    async def delete(self, user_id: UserId, thread_id: ThreadId) -> DeletedThread:
        """With its history; both can be restored for ten minutes."""
        reply = await self._storage.run(_DELETE, args=[str(user_id), thread_id])
        deleted, active = codec.accepted(reply, thread_id)
        return DeletedThread(codec.thread(deleted), codec.thread(active) if active else None)

    async def restore(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        """Active again. ThreadGone after ten minutes; TooManyThreads if others took its place."""
        reply = await self._storage.run(_RESTORE, args=[str(user_id), thread_id, THREADS_LIMIT])
        return codec.thread(codec.accepted(reply, thread_id)[0])

    async def clear(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        reply = await self._storage.run(_CLEAR, args=[str(user_id), thread_id])
        return codec.thread(codec.accepted(reply, thread_id)[0])

    async def set_summary(self, thread_id: ThreadId, text: str, upto: int) -> bool:
        """Only if the thread lives and upto grew: a late summary never undoes a newer one."""
        reply = await self._storage.run(_SUMMARY, args=[thread_id, text, upto])
        return reply == ["OK"]

    async def history(
        self, user_id: UserId, thread_id: ThreadId, limit: int
    ) -> tuple[Message, ...]:
        """The last messages, oldest first."""
        reply = await self._storage.run(_HISTORY, args=[str(user_id), thread_id, max(limit, 1)])
        return codec.history(codec.accepted(reply, thread_id)[0])

    async def mark_conversation(self, thread_id: ThreadId) -> None:
        """From now on opening a turn in it raises IsConversation. Raises ThreadGone."""
        codec.accepted(await self._storage.run(_MARK, args=[thread_id]), thread_id)

    async def append_history(
        self, thread_id: ThreadId, items: Sequence[tuple[int, Message | None]], now: float
    ) -> int:
        """What was said in a conversation, by its numbers in order: those that are there already
        are left out; None for a number without words. The last number that is there now."""
        args: list[str | int] = [thread_id, codec.iso(now)]
        for number, said in items:
            args += [number, "" if said is None else codec.dump(said)]
        reply = await self._storage.run(_APPEND, args=args)
        return int(codec.accepted(reply, thread_id)[0])

    async def history_upto(self, thread_id: ThreadId) -> int:
        """The last number of a conversation that is in its thread's history."""
        known = keys.thread(thread_id)
        found = await self._storage.read(lambda redis: redis.hget(known, "hist_seq"))
        return int(found or 0)

    async def remove_from_history(self, thread_id: ThreadId, number: int) -> None:
        """number: of the conversation's, also of what was said before it was one."""
        await self._storage.run(_REMOVE, args=[thread_id, number])

    async def add_member(self, user_id: UserId, thread_id: ThreadId, *, active: bool) -> None:
        """It stands in their list, too. Raises ThreadGone."""
        args = [str(user_id), thread_id, "active" if active else "in"]
        codec.accepted(await self._storage.run(_MEMBER, args=args), thread_id)

    async def remove_member(self, user_id: UserId, thread_id: ThreadId) -> None:
        """Out of their list, but not out of its owner's. Raises ThreadGone."""
        args = [str(user_id), thread_id, "out"]
        codec.accepted(await self._storage.run(_MEMBER, args=args), thread_id)

    async def _update(
        self,
        user_id: UserId,
        thread_id: ThreadId,
        rank: Literal["owner", "member"],
        fields: dict[str, str],
    ) -> Thread:
        flat = [text for pair in fields.items() for text in pair]
        reply = await self._storage.run(_UPDATE, args=[str(user_id), thread_id, rank, *flat])
        return codec.thread(codec.accepted(reply, thread_id)[0])


def _requested(user_id: UserId, request: str) -> ThreadId:
    return ThreadId(uuid5(_REQUESTS, f"{user_id} {request}").hex)


def blank_thread(user_id: UserId, name: str, now: float) -> Thread:
    moment = codec.when(now)
    return Thread(
        thread_id=ThreadId(uuid4().hex),
        user_id=user_id,
        name=name,
        created_at=moment,
        updated_at=moment,
    )
