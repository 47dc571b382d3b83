"""Several people who ask one question after another, each of which has an answer of its own."""

import asyncio

from luka_bot.demo.model import Asked
from luka_bot.demo.telegram import Person
from tests.luka import Luka

PEOPLE = 6
PATIENCE = 40  # s; leases and a failover, on a busy machine


def echo(asked: Asked) -> str:
    return f"Answer to {asked.question}"


def answered(luka: Luka, person: Person) -> list[str]:
    """The person's questions in the order of their answers."""
    said = luka.telegram.said(person.id)
    return [text.removeprefix("Answer to ") for text in said if text.startswith("Answer to ")]


def told(luka: Luka, person: Person) -> int:
    """How often they heard that luka's memory is away."""
    return len([text for text in luka.telegram.said(person.id) if "memory is away" in text])


class Talk:
    """Needs a luka that replies with echo."""

    def __init__(self, luka: Luka) -> None:
        self.luka = luka
        self.people = [luka.telegram.person(100 + one, f"P{one}") for one in range(PEOPLE)]
        self.asked: list[str] = []

    async def round(self) -> None:
        """Everybody asks, and nobody waits for the answer."""
        self.asked.append(f"question {len(self.asked)}")
        await asyncio.gather(*(one.writes(self.asked[-1]) for one in self.people))

    async def answers(self) -> None:
        wanted = len(self.asked)
        await self.luka.telegram.wait_for(
            lambda: all(len(answered(self.luka, one)) >= wanted for one in self.people),
            seconds=PATIENCE,
        )

    def heard(self) -> dict[str, list[str]]:
        return {one.name: answered(self.luka, one) for one in self.people}

    def everything(self) -> dict[str, list[str]]:
        """What all should have heard: every answer once, in order."""
        return {one.name: self.asked for one in self.people}
