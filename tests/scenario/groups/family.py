"""A family with luka in its group, and what they say there."""

import re
from dataclasses import dataclass
from itertools import count

from luka_bot.demo.telegram import Group, Person, ShownMessage
from tests.luka import Luka
from tests.scenario.bot.talking import newest

LINK = re.compile(r"start=(j_[\w-]{32})")

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Family:
    luka: Luka
    anna: Person
    boris: Person
    vera: Person
    group: Group

    @property
    def chat(self) -> int:
        return self.group.id

    @property
    def said(self) -> list[str]:
        """By luka, in the group."""
        return self.luka.telegram.said(self.chat)

    @property
    def newest(self) -> ShownMessage:
        return newest(self.luka, self.chat)

    async def hears(self, words: str) -> None:
        """Waits until luka has said something with these words there."""
        await self.luka.telegram.wait_for(lambda: any(words in one for one in self.said))

    async def hears_in_private(self, person: Person, words: str) -> None:
        said = self.luka.telegram.said
        await self.luka.telegram.wait_for(lambda: any(words in one for one in said(person.id)))

    async def asks(self, person: Person, text: str, answer: str, topic: int | None = None) -> None:
        """And waits for the whole answer."""
        self.luka.model.reply_with(answer)
        question = await person.writes(text, chat=self.chat, topic=topic)
        await self.luka.telegram.wait_for(lambda: self.newest.message_id > question)
        await self.luka.telegram.wait_for(lambda: self.newest.text == answer)

    async def takes_in(self, person: Person, topic: int | None = None) -> None:
        """By a link that the group's owner makes, for their direct messages."""
        await self.anna.writes("/share", chat=self.chat, topic=topic)
        await self.hears("Make a link")
        await self.anna.taps("1 👤 · 1 d", chat=self.chat)
        await self.luka.telegram.wait_for(lambda: LINK.search("\n".join(self.said)))
        payload = LINK.findall("\n".join(self.said))[-1]
        await person.writes(f"/start {payload}")
        await self.hears_in_private(person, "From now on you see everything here")


def family_of(luka: Luka, kind: str = "supergroup") -> Family:
    """Of three who are in no other group."""
    number = next(_numbers)
    anna, boris, vera = (
        luka.telegram.person(number * 10 + place, name)
        for place, name in enumerate(("Anna", "Boris", "Vera"))
    )
    chat = -(500 if kind == "group" else 100_500) - number
    group = luka.telegram.group(chat, f"Family {number}", [anna, boris], kind=kind)
    return Family(luka, anna, boris, vera, group)
