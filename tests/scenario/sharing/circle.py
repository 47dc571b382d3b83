"""Who shares threads in these scenarios, and what they do again and again."""

import re
from dataclasses import dataclass

from luka_bot.demo.telegram import Person, ShownMessage
from tests.luka import Luka

LINK = re.compile(r"https://t\.me/luka_bot\?start=(j_[\w-]{32})")


@dataclass(frozen=True, slots=True)
class Circle:
    luka: Luka
    anna: Person
    boris: Person
    vera: Person

    async def hears(self, person: Person, *words: str) -> None:
        """Waits until all of these stand in what somebody was told."""
        await self.luka.telegram.wait_for(lambda: _all_in(words, self.all_said_to(person)))

    def all_said_to(self, person: Person) -> str:
        return "\n".join(self.luka.telegram.said(person.id))

    async def shows(self, person: Person, words: str, since: int = 0) -> ShownMessage:
        """Waits for a message, newer than since, with these words or a button with them."""

        def found() -> list[ShownMessage]:
            return [one for one in self._newest(person, since) if words in _all_of(one)]

        await self.luka.telegram.wait_for(lambda: bool(found()))
        return found()[0]

    def _newest(self, person: Person, since: int) -> list[ShownMessage]:
        shown = self.luka.telegram.shown(person.id)
        return [one for one in reversed(shown) if one.is_bot and one.message_id > since]

    async def begins(self, person: Person, name: str) -> None:
        """A thread of their own, that others are in by nothing."""
        await person.writes(f"/new {name}")
        await self.hears(person, f"{name} is ready")

    async def shares(self, person: Person, button: str = "1 👤 · 1 d") -> str:
        """What stands behind ?start= in a link to their current thread."""
        command = await person.writes("/share")
        await self.shows(person, "Make a link", command)
        known = set(LINK.findall(self.all_said_to(person)))
        await person.taps(button)

        def new() -> set[str]:
            return set(LINK.findall(self.all_said_to(person))) - known

        await self.luka.telegram.wait_for(lambda: bool(new()))
        return new().pop()

    async def joins(self, person: Person, payload: str, name: str) -> None:
        await person.writes(f"/start {payload}")
        await self.hears(person, f"You are in {name} now", "From now on you see everything here")


def _all_of(message: ShownMessage) -> str:
    return f"{message.text} {' '.join(message.buttons)}"


def _all_in(words: tuple[str, ...], text: str) -> bool:
    return all(one in text for one in words)
