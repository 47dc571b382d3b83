"""What people do with their threads, and the two ends of a turn."""

from collections.abc import Awaitable, Callable

from luka_bot.models.clock import Clock
from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.models.message import Message
from luka_bot.models.thread import DeletedThread, Switched, Thread, ThreadPage
from luka_bot.models.turn import Abandoned, Answer, Question, Turn
from luka_bot.services.thread_names import clean_name
from luka_bot.storage.scripts import HISTORY_ITEMS
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import HISTORY_LIMIT, TurnStore

PAGE = 8  # threads on a page of /chats: what a phone shows without scrolling


class ThreadService:
    """clock: seconds since the epoch. Any method may raise StorageAway; those that name a thread
    raise ThreadGone, or NotYours if it is somebody else's."""

    def __init__(self, threads: ThreadStore, turns: TurnStore, clock: Clock) -> None:
        self._threads = threads
        self._turns = turns
        self._clock = clock
        self._when_deleted: list[Callable[[ThreadId], Awaitable[None]]] = []
        self._when_renamed: list[Callable[[Thread], Awaitable[None]]] = []

    def on_deleted(self, told: Callable[[ThreadId], Awaitable[None]]) -> None:
        """told is awaited with each thread that was deleted, or cleared."""
        self._when_deleted.append(told)

    def on_renamed(self, told: Callable[[Thread], Awaitable[None]]) -> None:
        """told is awaited with each thread as it is called by now."""
        self._when_renamed.append(told)

    async def create_thread(
        self, user_id: UserId, name: str | None = None, *, request: str = ""
    ) -> Thread:
        """Active at once; without a name "Chat N". Raises NameInvalid, TooManyThreads.

        request names the person's wish, such as the update's id: a second run of it makes no
        second thread. Nor does a double tap: without a name, within three seconds, and with
        nothing said or renamed in between, it is the first tap's thread again.
        """
        wanted = "" if name is None else clean_name(name)
        return await self._threads.create(user_id, wanted, self._clock(), request)

    async def list_threads(self, user_id: UserId, offset: int = 0, limit: int = PAGE) -> ThreadPage:
        """Newest first; an offset behind the end gives the last page. Makes no thread."""
        return await self._threads.page(user_id, offset, limit)

    async def get_thread(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        return await self._threads.get(user_id, thread_id)

    async def get_active_thread(self, user_id: UserId) -> Thread:
        """The active one, else the newest, else a new "Main Chat"."""
        return await self._threads.active(user_id, self._clock())

    async def set_active_thread(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        return (await self._threads.set_active(user_id, thread_id)).thread

    async def switch_thread(self, user_id: UserId, thread_id: ThreadId, request: str) -> Switched:
        """request names the person's wish; a second run of it is no second switch."""
        return await self._threads.set_active(user_id, thread_id, request)

    async def rename_thread(self, user_id: UserId, thread_id: ThreadId, name: str) -> Thread:
        """Raises NameInvalid."""
        renamed = await self._threads.rename(user_id, thread_id, clean_name(name))
        for told in self._when_renamed:
            await told(renamed)
        return renamed

    async def delete_thread(self, user_id: UserId, thread_id: ThreadId) -> DeletedThread:
        """With its history; the newest of the others becomes active."""
        deleted = await self._threads.delete(user_id, thread_id)
        await self._tell(thread_id)
        return deleted

    async def restore_thread(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        """Within ten minutes, active again. Raises TooManyThreads."""
        return await self._threads.restore(user_id, thread_id)

    async def clear_history(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        """The thread stays and remembers nothing; it is a conversation of many no longer."""
        cleared = await self._threads.clear(user_id, thread_id)
        await self._tell(thread_id)
        return cleared

    async def touch(self, user_id: UserId, thread_id: ThreadId) -> Thread:
        """Something happened in it: it is the newest, and lives anew from now on."""
        return await self._threads.touch(user_id, thread_id, self._clock())

    async def configure_thread(
        self,
        user_id: UserId,
        thread_id: ThreadId,
        *,
        model: str | None = None,
        system_prompt: str | None = None,
    ) -> Thread:
        """None leaves a setting as it is; empty text gives it back to the default."""
        return await self._threads.configure(user_id, thread_id, model, system_prompt)

    async def set_summary(self, thread_id: ThreadId, text: str, upto: int) -> bool:
        """upto: the last seq it covers. False if the thread is gone, or a newer one is there."""
        return await self._threads.set_summary(thread_id, text, upto)

    async def history(
        self, user_id: UserId, thread_id: ThreadId, limit: int = HISTORY_ITEMS
    ) -> tuple[Message, ...]:
        """The last messages, oldest first; without a limit all that are kept."""
        return await self._threads.history(user_id, thread_id, limit)

    async def open_turn(self, question: Question, limit: int = HISTORY_LIMIT) -> Turn:
        """Store the question before anybody answers it; see TurnState for a second time."""
        return await self._turns.open_turn(question, self._clock(), limit)

    async def reopen_turn(
        self,
        user_id: UserId,
        thread_id: ThreadId,
        turn_id: TurnId,
        *,
        drop_answer: bool,
        request: str = "",
    ) -> Turn:
        """Retry (drop_answer False: ANSWERED if it was done after all) or Regenerate (True).

        The old answer stands until the new one is committed. Raises TurnGone, NotLastTurn.
        request: who asks; asked again after its answer was stored, it begins nothing anew.
        """
        return await self._turns.reopen(
            thread_id, user_id, turn_id, drop_answer=drop_answer, request=request
        )

    async def commit_turn(self, turn: Turn, answer: Answer) -> bool:
        """False, and nothing changed, if the thread or the question is gone by now."""
        return await self._turns.commit_turn(turn, answer)

    async def abandon_turn(self, turn_id: TurnId) -> Abandoned | None:
        """For a turn that nobody works on, and nobody will; None if there is none."""
        return await self._turns.abandon(turn_id)

    async def _tell(self, thread_id: ThreadId) -> None:
        for told in self._when_deleted:
            await told(thread_id)
