"""Who comes on which day: regulars for a while, strangers once."""

import asyncio
import itertools
from dataclasses import dataclass

from bench.soak.chat import Chats
from bench.soak.model import Oracle
from bench.soak.plan import Plan
from bench.soak.record import Record
from bench.soak.visitor import Visitor
from luka_bot.demo.telegram import LocalTelegram, Person

FIRST_REGULAR, FIRST_STRANGER = 1_000, 1_000_000
STRANGERS = 0.7  # of all visits
STAY = (0.1, 0.6)  # of the whole time, for which a regular comes
FAITHFUL = 12  # every so many regulars come much more often
FAITHFUL_WEIGHT = 8
DEEDS = (2, 6)  # in a regular's visit


@dataclass(slots=True)
class Regular:
    visitor: Visitor
    person: Person
    first_day: float
    last_day: float
    weight: int
    here: bool = False


class Town:
    def __init__(self, plan: Plan, telegram: LocalTelegram, oracle: Oracle, record: Record) -> None:
        self._plan = plan
        self._telegram = telegram
        self._oracle = oracle
        self._record = record
        self._chats = Chats(telegram)
        self._chance = plan.chance("town")
        self._strangers = itertools.count(FIRST_STRANGER)
        self._regulars = [self._regular(number) for number in range(plan.regulars)]

    async def live(self, day: int) -> None:
        """Until the turns of this day are done and everybody has left."""
        async with asyncio.TaskGroup() as group:
            for _ in range(self._plan.at_once):
                group.create_task(self._visits(day))

    def forget(self) -> None:
        """At night, when nobody waits for anything."""
        self._chats.forget_common()

    async def _visits(self, day: int) -> None:
        while self._record.turns < self._plan.due(day):
            if self._chance.random() < STRANGERS or not await self._regular_comes(day):
                await self._stranger_comes()

    async def _stranger_comes(self) -> None:
        person = self._telegram.person(next(self._strangers), "Stranger", username="stranger")
        self._record.once += 1
        await self._visitor(person).come_once(self._chance.choice((1, 1, 2)))
        self._chats.forget(person.id)

    async def _regular_comes(self, day: int) -> bool:
        """False if all of these days are here already."""
        free = [
            one for one in self._regulars if one.first_day <= day <= one.last_day and not one.here
        ]
        if not free:
            return False
        one = self._chance.choices(free, [each.weight for each in free])[0]
        one.here = True
        try:
            for _ in range(self._chance.randint(*DEEDS)):
                await one.visitor.act(self._chance)
        finally:
            one.here = False
        self._chats.forget(one.person.id)
        return True

    def _regular(self, number: int) -> Regular:
        person = self._telegram.person(FIRST_REGULAR + number, f"Regular{number}")
        days = self._plan.days
        stay = days * self._chance.uniform(*STAY)
        first_day = self._chance.uniform(-stay, days)
        weight = 1 if number % FAITHFUL else FAITHFUL_WEIGHT
        return Regular(self._visitor(person), person, first_day, first_day + stay, weight)

    def _visitor(self, person: Person) -> Visitor:
        return Visitor(self._telegram, self._chats, self._oracle, self._record, person)
