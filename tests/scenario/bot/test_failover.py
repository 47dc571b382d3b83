"""The primary of Redis is killed while people talk, and comes back, and the other one is killed."""

import asyncio
from pathlib import Path

from luka_bot.demo.model import Asked
from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.scenario.storage.sentinels import Watched, watched_servers

PEOPLE = 6
PATIENCE = 40  # s; three processes' leases and a failover on a busy machine


def echo(asked: Asked) -> str:
    return f"Answer to {asked.question}"


def answered(luka: Luka, person: Person) -> list[str]:
    """The person's questions in the order of their answers."""
    said = luka.telegram.said(person.id)
    return [text.removeprefix("Answer to ") for text in said if text.startswith("Answer to ")]


def told(luka: Luka, person: Person) -> int:
    return len([text for text in luka.telegram.said(person.id) if "memory is away" in text])


class Talk:
    """Each of the people writes one after another of their questions."""

    def __init__(self, luka: Luka) -> None:
        self.luka = luka
        self.people = [luka.telegram.person(100 + one, f"P{one}") for one in range(PEOPLE)]
        self.asked: list[str] = []

    async def round(self) -> None:
        """Everybody asks, and nobody waits for the answer."""
        self.asked.append(f"question {len(self.asked)}")
        await asyncio.gather(*(one.writes(self.asked[-1]) for one in self.people))

    async def answers(self, rounds: int | None = None) -> None:
        wanted = self.asked[:rounds]
        await self.luka.telegram.wait_for(
            lambda: all(answered(self.luka, one)[: len(wanted)] == wanted for one in self.people),
            seconds=PATIENCE,
        )

    def heard(self) -> dict[str, list[str]]:
        return {one.name: answered(self.luka, one) for one in self.people}

    def everything(self) -> dict[str, list[str]]:
        return {one.name: self.asked for one in self.people}


async def kill_primary(watched: Watched, talk: Talk) -> None:
    """People write right before, while nobody is primary, and after."""
    primary = await watched.primary()
    await talk.round()
    await primary.kill()
    await talk.round()
    await watched.failed_over(primary)
    await talk.round()
    await talk.answers()
    await watched.rejoin(primary)


async def test_two_failovers_lose_no_question_and_repeat_no_answer(tmp_path: Path) -> None:
    async with (
        watched_servers(tmp_path / "redis") as watched,
        running_luka(tmp_path / "luka", redis_url=watched.url, reply=echo) as luka,
    ):
        talk = Talk(luka)
        await talk.round()
        await talk.answers()

        await kill_primary(watched, talk)
        await kill_primary(watched, talk)
        await talk.round()
        await talk.answers()

        assert talk.heard() == talk.everything()
        assert all(told(luka, one) == 1 for one in talk.people), "one clear sentence each"
