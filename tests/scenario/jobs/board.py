"""A running luka whose admins decide about jobs in their group; the test is its worker."""

import re
from dataclasses import dataclass

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.models.ids import JobId
from luka_bot.models.job import Job
from tests.scenario.jobs.shop import ADMINS, Shop


@dataclass(frozen=True, slots=True)
class Board:
    """Anna hands in; Olga and Petra are in the admins' group."""

    shop: Shop
    olga: Person
    petra: Person

    async def asked(self, text: str) -> JobId:
        """Handed in, and shown to the admins."""
        await self.shop.anna.writes(f"/job {text}")
        words = text.split(maxsplit=1)[1] if text.startswith("!") else text
        card = await self.shop.sees(words[:60], ADMINS)
        (number,) = re.findall(r"Job #(\d+)", card.text)[:1]
        return JobId(int(number))

    async def replied(self, number: JobId, text: str) -> JobId:
        card = (await self.shop.job(number)).card
        assert card is not None
        await self.shop.anna.writes(text, reply_to=card.message_id)
        shown = await self.shop.sees(text, ADMINS)
        (new,) = re.findall(r"Job #(\d+)", shown.text)[:1]
        return JobId(int(new))

    async def card(self, number: JobId, text: str) -> ShownMessage:
        """The job's card among the admins, once this stands in it."""

        def found() -> list[ShownMessage]:
            shown = self.shop.messages(ADMINS)
            return [one for one in shown if f"📋 Job #{number}:" in one.text and text in one.text]

        await self.shop.luka.telegram.wait_for(found)
        return found()[-1]

    async def told(self, person: Person, words: str) -> None:
        telegram = self.shop.luka.telegram
        await telegram.wait_for(lambda: any(words in one for one in telegram.toasts(person.id)))

    async def file(self, name: str) -> ShownMessage:
        """A file that the admins were given."""

        def found() -> list[ShownMessage]:
            return [one for one in self.shop.messages(ADMINS) if one.file_name == name]

        await self.shop.luka.telegram.wait_for(found)
        return found()[-1]

    async def asks_why(self, number: JobId) -> ShownMessage:
        await self.olga.taps("❌ Reject", chat=ADMINS)
        return await self.shop.sees(f"Olga, why do you reject job #{number}", ADMINS)

    async def state(self, number: JobId) -> Job:
        return await self.shop.job(number)
