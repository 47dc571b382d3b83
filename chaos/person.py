"""Somebody who asks, goes from thread to thread, and taps."""

import asyncio
import random
import time
from collections.abc import Callable
from typing import TypeVar

from chaos.ledger import Ledger, Question
from chaos.tokens import Token
from luka_bot.demo.telegram import LocalTelegram, Person, ShownMessage

FIRST = "Main Chat"
MOST_THREADS = 4
MARK = "▶️ "
LIST_BUTTON = "➕ Create New Thread"
STOP_BUTTON = "⏹ Stop"
PATIENCE = 60.0  # s until somebody taps or writes again, since nothing happened
TIMES = 4  # and how often
TOASTS = 15.0  # s until a tap is answered, after which Telegram takes no answer any more
LOOK = 0.1  # s between two looks

Seen = TypeVar("Seen")


class Talker:
    """busy: they wait for something to appear before they go on."""

    def __init__(
        self, telegram: LocalTelegram, person: Person, ledger: Ledger, chance: random.Random
    ) -> None:
        self.person = person
        self.busy = False
        self._telegram = telegram
        self._ledger = ledger
        self._chance = chance
        self._threads = [FIRST]
        self._active = 0
        self._asked = 0

    async def ask(self) -> Question:
        self._asked += 1
        token = Token(self.person.id, self._active, self._asked)
        message_id = await self.person.writes(f"What about {token}?")
        self._ledger.messages += 1
        question = Question(
            token=token,
            person_id=self.person.id,
            thread=self._threads[self._active],
            message_id=message_id,
            update_id=self._update_of(message_id),
            at=time.time(),
        )
        self._ledger.questions.append(question)
        return question

    async def begin_thread(self) -> None:
        """The next question may follow at once: messages of a chat keep their order."""
        if len(self._threads) == MOST_THREADS or not self._asked:
            return  # without a question before it there would never be a Main Chat
        self._active = len(self._threads)
        self._threads.append(f"Thread {self._active}")
        await self._say(f"/new {self._threads[self._active]}")

    async def switch(self) -> None:
        """By a tap in the list. Taps overtake messages, so they wait until it is done."""
        others = [number for number in range(len(self._threads)) if number != self._active]
        if not others:
            return
        wanted = self._chance.choice(others)
        if await self._switched(self._threads[wanted]):
            self._active = wanted
        else:
            self._ledger.unanswered_taps.append(f"{self.person.id}: {self._threads[wanted]}")

    async def stop_an_answer(self) -> None:
        question = await self.ask()
        question.stopped = True
        button = await self._seen(lambda: self._button(STOP_BUTTON), 5.0)
        if button is not None:
            self._ledger.taps += 1
            await self.person.taps_data(*button)

    async def fidget(self) -> None:
        """Whatever button is there, if it only shows something."""
        harmless = [
            button
            for name in ("🔄 Refresh", "⚙️ Manage", "⬅️ All threads", "📚 My threads")
            if (button := self._button(name)) is not None
        ]
        if not harmless:
            await self._say("/chats")
            return
        self._ledger.taps += 1
        await self.person.taps_data(*self._chance.choice(harmless))

    async def _switched(self, name: str) -> bool:
        """Whoever tapped more than once gives the other taps time: a late one switches again."""
        taps: list[str] = []
        for number in range(TIMES):
            self._ledger.repeated += number > 0
            asked = await self._say("/chats")
            button = await self._seen(lambda: self._thread_button(name, asked), PATIENCE)  # noqa: B023 - awaited here
            if button is None:
                continue
            self._ledger.taps += 1
            taps.append(await self.person.taps_data(*button))
            if await self._seen(lambda: self._is_there(name, asked, taps), PATIENCE):  # noqa: B023 - the same
                await self._seen(lambda: self._heard(taps), TOASTS)
                return True
        return False

    def _heard(self, taps: list[str]) -> bool:
        """Each of them was answered, or it is only one, whose effect is seen."""
        return len(taps) == 1 or set(taps) <= {one.query_id for one in self._telegram.world.toasts}

    def _is_there(self, name: str, since: int, taps: list[str]) -> bool:
        """A divider says so, or the tap's own answer."""
        divider = f"🔀 Switched to Thread\n\n{name}\n"
        if any(one.text.startswith(divider) for one in self._shown() if one.message_id > since):
            return True
        toasts = self._telegram.world.toasts
        return any(one.query_id in taps and "already here" in one.text for one in toasts[-500:])

    def _thread_button(self, name: str, since: int) -> tuple[int, str] | None:
        for message in reversed(self._shown()):
            if message.message_id > since and LIST_BUTTON in message.buttons:
                for button in (one for row in message.keyboard for one in row):
                    if button.text.removeprefix(MARK).startswith(f"{name} (") and button.data:
                        return message.message_id, button.data
        return None

    def _button(self, name: str) -> tuple[int, str] | None:
        for message in reversed(self._shown()[-40:]):
            for button in (one for row in message.keyboard for one in row):
                if button.text.startswith(name) and button.data:
                    return message.message_id, button.data
        return None

    async def _say(self, text: str) -> int:
        self._ledger.messages += 1
        return await self.person.writes(text)

    async def _seen(self, look: Callable[[], Seen], seconds: float) -> Seen | None:
        """What is looked for, as soon as it is there; None if it isn't within seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := look():
                return found
            await asyncio.sleep(LOOK)
        return None

    def _shown(self) -> list[ShownMessage]:
        return self._telegram.shown(self.person.id)

    def _update_of(self, message_id: int) -> int:
        for entry in reversed(self._telegram.world.updates.entries()):
            match entry.raw:
                case {"update_id": int(number), "message": {"message_id": found}}:
                    if found == message_id:
                        return number
        raise LookupError(message_id)
