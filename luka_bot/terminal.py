"""luka in the terminal: the same services behind another door."""

import asyncio
import signal
import sys
import time
from contextlib import aclosing
from uuid import uuid4

from luka_bot.composition import Services
from luka_bot.locales import words_for
from luka_bot.locales.failures import failure, footnote, refusal
from luka_bot.locales.places import place
from luka_bot.models.errors import ModelError, Refused, StorageAway
from luka_bot.models.events import Cut, Delta, Notice, Waiting
from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.models.thread import Thread
from luka_bot.models.turn import Question, Turn
from luka_bot.typed_lines import TypedLines

WHO = UserId(0)  # no Telegram account has this number
HELP = """\
Write anything, and luka answers in your current thread. Ctrl-C stops an answer, or leaves.

/chats          your threads
/switch N       go to thread number N
/new [NAME]     begin a new thread
/rename NAME    rename the current thread
/retry          ask the last question again
/clear          forget what was said in the current thread
/delete         delete the current thread
/undo           bring the thread back that you deleted last
/help, /quit"""


class Terminal:
    """Reads lines until /quit or their end; Ctrl-C stops an answer, or leaves.

    Once more leaves a stopped answer that can't be stored, too.
    """

    def __init__(self, services: Services, lines: TypedLines) -> None:
        self._threads = services.threads
        self._turns = services.turns
        self._lines = lines
        self._words = words_for("en")
        self._again: Turn | None = None  # the last turn, while it has no whole answer
        self._deleted: ThreadId | None = None
        self._answering: asyncio.Timeout | None = None
        self._interrupted = False

    async def run(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupt)
        _say(HELP)
        while (line := await self._typed("> ")) is not None and line != "/quit":
            if line:
                await self._obey(line)

    def _interrupt(self) -> None:
        if not self._interrupted and self._turns.stop_all(WHO):
            self._interrupted = True
            return
        _say("")
        self._lines.end()
        if self._answering is not None:
            self._answering.reschedule(0)
            self._answering = None

    async def _typed(self, prompt: str) -> str | None:
        _write(prompt)
        line = await self._lines.next()
        return None if line is None else line.strip()

    async def _obey(self, line: str) -> None:
        try:
            if line.startswith("/"):
                await self._command(*line.partition(" ")[::2])
            else:
                await self._ask(line)
        except Refused as error:
            _say(refusal(self._words, error))
        except StorageAway:
            _say("Storage is away. Try again in a moment; `luka-bot doctor` says more.")

    async def _ask(self, text: str) -> None:
        question = Question(TurnId(uuid4().hex), WHO, text, asked_at=time.time())
        await self._answer(await self._turns.open(question))

    async def _retry(self) -> None:
        if self._again is None:
            _say("There is nothing to ask again: the last answer is whole.")
            return
        thread_id = self._again.thread.thread_id
        await self._answer(await self._turns.retry(WHO, thread_id, self._again.turn_id))

    async def _answer(self, opened: Turn) -> None:
        self._again, self._interrupted = opened, False
        try:
            async with asyncio.timeout(None) as self._answering:
                if await self._written(opened):
                    self._again = None
        except ModelError as error:
            _say(failure(self._words, error))
        except TimeoutError:
            return
        finally:
            self._answering = None
        if self._again is not None:
            _say("Type /retry to ask again.")

    async def _written(self, opened: Turn) -> bool:
        """False if the answer was cut."""
        whole = True
        async with (
            self._turns.in_line(WHO, opened) as turn,
            aclosing(self._turns.answer(turn)) as events,
        ):
            async for event in events:
                match event:
                    case Waiting():
                        _say(place(self._words, event))
                    case Delta(part):
                        _write(part)
                    case Notice() | Cut():
                        _say(f"\n[{footnote(self._words, event)}]")
                        whole = whole and not isinstance(event, Cut)
        _say("")
        return whole

    async def _command(self, command: str, argument: str) -> None:
        match command:
            case "/chats":
                await self._list()
            case "/switch":
                await self._switch(argument)
            case "/new":
                thread = await self._threads.create_thread(WHO, argument or None)
                _say(f"✨ You are in the new thread {thread.name}.")
            case "/rename" | "/clear" | "/delete":
                await self._change(command, argument)
            case "/undo":
                await self._undo()
            case "/retry":
                await self._retry()
            case "/help":
                _say(HELP)
            case _:
                _say(self._words("unknown_command"))

    async def _list(self) -> None:
        await self._threads.get_active_thread(WHO)
        page = await self._threads.list_threads(WHO, limit=100)
        for number, thread in enumerate(page.threads, 1):
            mark = "▶️" if thread.thread_id == page.active_id else "  "
            _say(f"{mark} {number}. {thread.name} ({thread.message_count})")

    async def _switch(self, argument: str) -> None:
        page = await self._threads.list_threads(WHO, limit=100)
        numbers = {str(number): thread for number, thread in enumerate(page.threads, 1)}
        if argument not in numbers:
            _say("Which one? /chats shows their numbers.")
            return
        thread = await self._threads.set_active_thread(WHO, numbers[argument].thread_id)
        _say(f"🔀 You are in {thread.name} now.")

    async def _change(self, command: str, argument: str) -> None:
        thread = await self._threads.get_active_thread(WHO)
        match command:
            case "/rename":
                renamed = await self._threads.rename_thread(WHO, thread.thread_id, argument)
                _say(f"✏️ Renamed to {renamed.name}.")
            case "/clear":
                await self._clear(thread)
            case _:
                await self._delete(thread)

    async def _clear(self, thread: Thread) -> None:
        if not await self._threads.history(WHO, thread.thread_id, limit=1) and not thread.summary:
            _say(self._words("clear.nothing", name=thread.name))
            return
        if await self._sure(f"Forget all that was said in {thread.name} ({_messages(thread)})?"):
            await self._threads.clear_history(WHO, thread.thread_id)
            _say(f"🧹 What was said in {thread.name} is forgotten.")

    async def _delete(self, thread: Thread) -> None:
        if not await self._sure(f"Delete {thread.name} with its {_messages(thread)}?"):
            return
        deleted = await self._threads.delete_thread(WHO, thread.thread_id)
        self._deleted = thread.thread_id
        where = f" You are in {deleted.active.name} now." if deleted.active else ""
        _say(f"🗑 {thread.name} is deleted.{where} Type /undo within 10 minutes to bring it back.")

    async def _undo(self) -> None:
        if self._deleted is None:
            _say("You have deleted no thread here.")
            return
        thread = await self._threads.restore_thread(WHO, self._deleted)
        self._deleted = None
        _say(f"↩️ {thread.name} is back, and you are in it.")

    async def _sure(self, question: str) -> bool:
        answer = await self._typed(f"{question} y/N ")
        if (answer or "").lower() in {"y", "yes"}:
            return True
        _say(self._words("kept"))
        return False


def _messages(thread: Thread) -> str:
    return "1 message" if thread.message_count == 1 else f"{thread.message_count} messages"


def _say(text: str) -> None:
    _write(text + "\n")


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
