"""A family with luka in its group, and what they say there."""

from dataclasses import dataclass

from luka_bot.demo.telegram import Group, Person, ShownMessage
from tests.luka import Luka
from tests.scenario.bot.talking import newest

FAMILY = -100500


@dataclass(frozen=True, slots=True)
class Family:
    luka: Luka
    anna: Person
    boris: Person
    group: Group

    @property
    def said(self) -> list[str]:
        """By luka, in the group."""
        return self.luka.telegram.said(FAMILY)

    @property
    def newest(self) -> ShownMessage:
        return newest(self.luka, FAMILY)

    async def hears(self, words: str) -> None:
        """Waits until luka has said something with these words there."""
        await self.luka.telegram.wait_for(lambda: any(words in one for one in self.said))

    async def asks(self, person: Person, text: str, answer: str) -> None:
        """And waits for the whole answer."""
        self.luka.model.reply_with(answer)
        await person.writes(text, chat=FAMILY)
        await self.luka.telegram.wait_for(lambda: self.newest.text == answer)
        await self.luka.telegram.wait_for(lambda: not self.newest.buttons)


def family_of(luka: Luka) -> Family:
    anna, boris = luka.telegram.person(7, "Anna"), luka.telegram.person(8, "Boris")
    return Family(luka, anna, boris, luka.telegram.group(FAMILY, "Family", [anna, boris]))
