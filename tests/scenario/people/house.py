"""Who lives in the scenarios about people, and what they do again and again."""

import re
from dataclasses import dataclass
from typing import Any

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.models.person import Reach
from luka_bot.storage import keys
from luka_bot.storage.connect import open_storage
from tests.luka import Luka
from tests.scenario.bot.talking import newest
from tests.waiting import wait_until_found

ADMINS = -100777
ANNA = 7


@dataclass(frozen=True, slots=True)
class House:
    luka: Luka
    olga: Person
    anna: Person
    boris: Person
    admins: int = ADMINS

    def said_to(self, person: Person) -> list[str]:
        return self.luka.telegram.said(person.id)

    def said_to_admins(self) -> list[str]:
        return self.luka.telegram.said(self.admins)

    def card(self) -> ShownMessage:
        """The newest message in the admins' group."""
        return newest(self.luka, self.admins)

    async def hears(self, person: Person, words: str) -> None:
        """Waits until somebody was told something with these words."""
        await self.luka.telegram.wait_for(lambda: any(words in one for one in self.said_to(person)))

    async def admins_see(self, words: str) -> None:
        await self.luka.telegram.wait_for(
            lambda: any(words in one for one in self.said_to_admins())
        )

    async def command(self, text: str, words: str) -> None:
        """Olga gives a command in the group, and waits until the answer to it has these words."""
        command = await self.olga.writes(text, chat=self.admins)
        await self.luka.telegram.wait_for(
            lambda: self.card().message_id > command and words in self.card().text
        )

    async def invites(self, command: str = "/invite") -> str:
        """What stands behind ?start= in the link that Olga is shown."""
        await self.command(command, "https://t.me/luka_bot?start=i_")
        return str(re.findall(r"start=(i_[\w-]{16})", self.card().text)[0])

    async def guests(self, first: int, last: int) -> None:
        """Some who are let in, and have been here."""
        for number in range(first, last + 1):
            guest = self.luka.telegram.person(number, f"Guest{number}")
            await guest.writes("/start")
            await self.hears(guest, "Hi, Guest")

    async def shows(self, words: str) -> None:
        """Waits until the newest message in the group has these words."""
        await self.luka.telegram.wait_for(lambda: words in self.card().text)

    async def opened(self, text: str, name: str) -> None:
        """Olga looks somebody up and opens their card."""
        await self.command(text, "1 person")
        await self.olga.taps(name, chat=self.admins)
        await self.shows("Name: ")

    async def reaches(self, person: Person, reach: Reach) -> None:
        """Waits until this is what is kept of whether luka can reach them."""
        settings, key = self.luka.settings, keys.user(person.id)
        async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:

            async def known() -> bool:
                found = await storage.read(lambda redis: redis.hget(key, "reach"))
                return (found or "") == reach.value

            await wait_until_found(known)

    async def toast(self, person: Person, words: str) -> None:
        toasts = self.luka.telegram.toasts
        await self.luka.telegram.wait_for(lambda: any(words in one for one in toasts(person.id)))

    async def audited(self) -> list[tuple[str, int, int | None, str]]:
        """Event, by, whom, detail of all entries, oldest first."""
        settings = self.luka.settings
        async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
            rows: Any = await storage.read(lambda redis: redis.xrange(keys.AUDIT))
        return [
            (one["event"], int(one["by"]), int(one["whom"] or 0) or None, one["detail"])
            for _, one in rows
        ]
