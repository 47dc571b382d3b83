"""What a person may ask of what is kept of them: to have it, and to have it forgotten."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass

from luka_bot.models.audit import SYSTEM, Event
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import UserId
from luka_bot.models.message import Message
from luka_bot.models.person import Usage
from luka_bot.models.thread import THREADS_LIMIT, Thread
from luka_bot.services.own_words import OwnWords
from luka_bot.services.people_service import Eraser
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.turn_service import TurnService
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import PeopleStore

Clear = Callable[[UserId], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class KeptThread:
    thread: Thread
    said: tuple[Message, ...]


class Privacy:
    def __init__(
        self,
        threads: ThreadService,
        turns: TurnService,
        people: PeopleStore,
        eraser: Eraser,
        audit: AuditLog,
        own_words: OwnWords,
    ) -> None:
        self._threads = threads
        self._turns = turns
        self._people = people
        self._eraser = eraser
        self._audit = audit
        self._own_words = own_words
        self._clearing: list[Clear] = []

    def follow(self, clear: Clear) -> None:
        """What else goes with somebody who asks for it, while it is still known who they are."""
        self._clearing.append(clear)

    async def usage(self, user_id: UserId) -> Usage:
        """Of today."""
        return await self._people.usage(user_id)

    async def kept(self, user_id: UserId) -> AsyncGenerator[KeptThread, None]:
        """Their threads, oldest first, one at a time, then what they said in others'; one that
        goes meanwhile is left out."""
        page = await self._threads.list_threads(user_id, limit=THREADS_LIMIT)
        for thread in reversed(page.threads):
            if thread.user_id != user_id:
                continue
            with suppress(ThreadGone):
                said = await self._threads.history(user_id, thread.thread_id)
                yield KeptThread(thread, said)
        async with aclosing(self._own_words.all(user_id)) as others:
            async for thread, said in others:
                yield KeptThread(thread, said)

    async def exported(self, user_id: UserId, name: str) -> None:
        """They have it: write that down."""
        await self._audit.note(Event.DATA_EXPORTED, user_id, name)

    async def forget(self, user_id: UserId) -> None:
        """Their answers end first. What they write afterwards is a stranger's."""
        await self._turns.stop_person(user_id)
        for clear in self._clearing:
            await clear(user_id)
        await self._eraser.forget(user_id)
        await self._audit.note(Event.FORGOTTEN, SYSTEM, "")
