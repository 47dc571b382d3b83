"""Somebody who drops in, asks this and that, and taps about."""

import random
import time
from collections.abc import Awaitable, Callable

from bench.soak.chat import Button, Chats, Found
from bench.soak.model import Manner, Oracle
from bench.soak.record import Answered, Record
from luka_bot.demo.telegram import LocalTelegram, Person

AT_ONCE = 200  # newest answers to taps, among which one's own is looked for
PATIENCE = 60.0  # s for whatever one waits for
REGENERATE, RETRY, STOP = "🔄 Regenerate", "🔁 Retry", "⏹ Stop"
LIST, REFRESH = "➕ Create New Thread", "🔄 Refresh"

Deed = Callable[[], Awaitable[None]]


class Visitor:
    """record: what they saw, together with all others."""

    def __init__(
        self, telegram: LocalTelegram, chats: Chats, oracle: Oracle, record: Record, person: Person
    ) -> None:
        self._telegram = telegram
        self._chats = chats
        self._oracle = oracle
        self._record = record
        self._person = person
        self._doing = "their first words"
        self._habits: tuple[tuple[int, str, Deed], ...] = (
            (66, "questions", self.ask),
            (4, "two questions in a row", self._ask_twice),
            (4, "answers regenerated", self._regenerate),
            (4, "answers stopped", self._stop),
            (3, "failures of the model", self._suffer),
            (2, "answers longer than a message", self._ask_for_much),
            (4, "lists of threads", self._look),
            (4, "threads made", self._begin_anew),
            (3, "threads switched", self._switch),
            (2, "threads deleted", self._delete),
            (1, "threads deleted and brought back", self._delete_by_mistake),
            (1, "threads cleared", self._clear),
            (1, "threads exported", self._export),
            (1, "stickers", self._send_sticker),
            (1, "unreadable updates", self._send_nonsense),
            (1, "updates brought again", self._come_twice),
        )

    async def come_once(self, questions: int) -> None:
        await self._command("/start")
        for _ in range(questions):
            await self.ask()

    async def act(self, chance: random.Random) -> None:
        """Something, as people do it more or less often."""
        weights = [weight for weight, _, _ in self._habits]
        _, name, deed = chance.choices(self._habits, weights)[0]
        self._record.deeds[name] += 1
        self._doing = name
        await deed()

    async def ask(self, manner: Manner = Manner.SHORTLY) -> None:
        written_at = time.monotonic()
        message_id = await self._person.writes(self._oracle.question(manner))
        self._record.turns += 1
        me = self._person.id
        await self._wait(lambda: self._chats.after(me, message_id) or None)
        first = time.monotonic() - written_at
        if manner is Manner.SLOWLY:
            await self._tap(STOP, REGENERATE, after=message_id)
        await self._settled(message_id)
        if manner is Manner.SHORTLY:
            self._record.answered.append(Answered(first, time.monotonic() - written_at))

    async def _ask_twice(self) -> None:
        await self._person.writes(self._oracle.question(Manner.SHORTLY))
        self._record.turns += 1
        await self.ask()

    async def _ask_for_much(self) -> None:
        await self.ask(Manner.LONG)

    async def _stop(self) -> None:
        await self.ask(Manner.SLOWLY)

    async def _suffer(self) -> None:
        await self.ask(Manner.BADLY)
        if button := self._chats.button(self._person.id, RETRY):
            await self._again(button)

    async def _regenerate(self) -> None:
        await self.ask()
        if button := self._chats.button(self._person.id, REGENERATE):
            await self._again(button)

    async def _look(self) -> None:
        await self._command("/chats")
        await self._tap(REFRESH)

    async def _begin_anew(self) -> None:
        await self._command("/new")
        await self.ask()

    async def _switch(self) -> None:
        """To whatever thread stands at the top of the list."""
        await self._command("/chats")
        me = self._person.id
        for post in self._chats.after(me, 0):
            rows = post.keyboard or []
            if any(one["text"] == LIST for row in rows for one in row):
                await self._press((post.message_id, str(rows[0][0]["callback_data"])))
                return

    async def _delete(self) -> None:
        await self._command("/delete")
        await self._tap("🗑 Yes")

    async def _delete_by_mistake(self) -> None:
        await self._delete()
        await self._tap("↩️ Undo")

    async def _clear(self) -> None:
        await self._command("/clear")
        if button := self._chats.button(self._person.id, "🧹 Yes"):
            await self._press(button)

    async def _export(self) -> None:
        await self._command("/export")

    async def _send_sticker(self) -> None:
        message_id = await self._person.sends_sticker()
        await self._wait(lambda: self._chats.after(self._person.id, message_id) or None)

    async def _send_nonsense(self) -> None:
        chat = {"id": self._person.id, "type": "private"}
        self._telegram.inject({"message": {"message_id": "?", "chat": chat, "text": []}})

    async def _come_twice(self) -> None:
        await self.ask()
        self._telegram.redeliver()

    async def _command(self, text: str) -> None:
        message_id = await self._person.writes(text)
        await self._wait(lambda: self._chats.after(self._person.id, message_id) or None)

    async def _again(self, button: Button) -> None:
        """Its answer comes in the same message, or in a new one."""
        self._record.turns += 1
        await self._press(button)
        await self._settled(button[0] - 1)

    async def _settled(self, message_id: int) -> None:
        """The newest message below it tells that the answer ended."""
        me = self._person.id

        def end() -> bool | None:
            over = self._chats.button(me, REGENERATE, RETRY, after=message_id) is not None
            return True if over and not self._chats.button(me, STOP, after=message_id) else None

        await self._wait(end)

    async def _tap(self, name: str, *instead: str, after: int = 0) -> None:
        """instead: buttons that come when it is too late for this one; the first seen is tapped."""
        me = self._person.id
        button = await self._wait(lambda: self._chats.button(me, name, *instead, after=after))
        if button is not None:
            await self._press(button)

    async def _press(self, button: Button) -> None:
        """Until luka has answered the tap."""
        query = await self._person.taps_data(*button)
        toasts = self._telegram.world.toasts
        await self._wait(lambda: any(one.query_id == query for one in toasts[-AT_ONCE:]) or None)

    async def _wait(self, look: Callable[[], Found | None]) -> Found | None:
        found = await self._chats.until(self._person.id, look, PATIENCE)
        if found is None:
            self._record.missed.append(f"{self._person.id}: {self._doing}")
        return found
