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
from luka_bot.models.errors import ModelError, Refused, StorageAway
from luka_bot.models.events import Cut, Delta, Notice
from luka_bot.models.ids import TurnId, UserId
from luka_bot.models.turn import Question

WHO = UserId(0)  # no Telegram account has this number
HELP = """\
Write anything, and luka answers in your current thread. Ctrl-C stops an answer.
/chats, /switch N, /new [NAME], /rename NAME, /clear, /delete, /help, /quit"""


class Terminal:
    """Reads lines until /quit or the end of input; Ctrl-C stops an answer, or leaves."""

    def __init__(self, services: Services) -> None:
        self._threads = services.threads
        self._turns = services.turns
        self._words = words_for("en")
        self._done = asyncio.Event()

    async def run(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, self._interrupt)
        _say(HELP)
        while not self._done.is_set():
            line = await asyncio.to_thread(_read)
            if line is None:
                return
            if line.strip():
                await self._obey(line.strip())

    async def _obey(self, line: str) -> None:
        try:
            if line.startswith("/"):
                await self._command(*line.partition(" ")[::2])
            else:
                await self._ask(line)
        except Refused as error:
            _say(refusal(self._words, error))
        except ModelError as error:
            _say(failure(self._words, error))
        except StorageAway:
            _say("Storage is away. Try again in a moment; `luka-bot doctor` says more.")

    async def _ask(self, text: str) -> None:
        question = Question(TurnId(uuid4().hex), WHO, text, asked_at=time.time())
        opened = await self._turns.open(question)
        async with (
            self._turns.in_line(WHO, opened) as turn,
            aclosing(self._turns.answer(turn)) as events,
        ):
            async for event in events:
                match event:
                    case Delta(part):
                        sys.stdout.write(part)
                        sys.stdout.flush()
                    case Notice() | Cut():
                        _say(f"\n[{footnote(self._words, event)}]")
        _say("")

    async def _command(self, command: str, argument: str) -> None:
        match command:
            case "/chats":
                await self._list()
            case "/switch":
                await self._switch(argument)
            case "/new":
                thread = await self._threads.create_thread(WHO, argument or None)
                _say(f"✨ {thread.name}")
            case "/rename" | "/clear" | "/delete":
                await self._change(command, argument)
            case "/quit":
                self._done.set()
            case _:
                _say(HELP)

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
        _say(f"🔀 {thread.name}")

    async def _change(self, command: str, argument: str) -> None:
        thread_id = (await self._threads.get_active_thread(WHO)).thread_id
        match command:
            case "/rename":
                thread = await self._threads.rename_thread(WHO, thread_id, argument)
                _say(f"✏️ {thread.name}")
            case "/clear":
                thread = await self._threads.clear_history(WHO, thread_id)
                _say(f"🧹 {thread.name}")
            case _:
                deleted = await self._threads.delete_thread(WHO, thread_id)
                _say(f"🗑 {deleted.thread.name}")

    def _interrupt(self) -> None:
        if not self._turns.stop_all(WHO):
            self._done.set()
            _say("\nPress Enter to leave.")


def _read() -> str | None:
    try:
        return input("> ")
    except EOFError:
        return None


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
