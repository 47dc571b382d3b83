"""Who lives in the scenarios about people, and what they do again and again."""

from dataclasses import dataclass
from typing import Any

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.storage import keys
from luka_bot.storage.connect import open_storage
from tests.luka import Luka
from tests.scenario.bot.talking import newest

ADMINS = -100777
ANNA = 7


@dataclass(frozen=True, slots=True)
class House:
    luka: Luka
    olga: Person
    anna: Person
    boris: Person

    def said_to(self, person: Person) -> list[str]:
        return self.luka.telegram.said(person.id)

    def said_to_admins(self) -> list[str]:
        return self.luka.telegram.said(ADMINS)

    def card(self) -> ShownMessage:
        """The newest message in the admins' group."""
        return newest(self.luka, ADMINS)

    async def hears(self, person: Person, words: str) -> None:
        """Waits until somebody was told something with these words."""
        await self.luka.telegram.wait_for(lambda: any(words in one for one in self.said_to(person)))

    async def admins_see(self, words: str) -> None:
        await self.luka.telegram.wait_for(
            lambda: any(words in one for one in self.said_to_admins())
        )

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
