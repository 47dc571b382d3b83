"""Many people at once."""

import asyncio
from pathlib import Path

from luka_bot.demo.model import Asked, Reply
from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import newest

PEOPLE = 50


def memory(asked: Asked) -> str:
    """Repeats every word that this conversation has brought to the model."""
    earlier = [message.content for message in asked.earlier if message.role == "user"]
    return " ".join([*earlier, asked.question])


def answers(one: Person) -> list[str]:
    words = [f"{one.name}-{turn}" for turn in range(3)]
    return [" ".join(words[: turn + 1]) for turn in range(3)]


async def test_fifty_people_at_once_never_hear_each_others_words(tmp_path: Path) -> None:
    async with running_luka(tmp_path, reply=memory) as luka:
        telegram = luka.telegram
        people = [telegram.person(100 + number, f"P{number}") for number in range(PEOPLE)]

        for turn in range(3):
            await asyncio.gather(*(one.writes(f"{one.name}-{turn}") for one in people))

        due = {one.id: answers(one) for one in people}
        await telegram.wait_for(
            lambda: all(telegram.said(who)[-1] == said[-1] for who, said in due.items()), seconds=60
        )
        assert {who: telegram.said(who) for who in due} == due


async def test_one_slow_answer_delays_nobody(luka: Luka, anna: Person) -> None:
    slow = asyncio.Event()
    luka.model.reply_with(Reply("At last.", gate=slow))
    await anna.writes("Something hard")
    await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)

    boris = luka.telegram.person(8, "Boris")
    await boris.writes("Something easy")

    await luka.telegram.wait_for(lambda: newest(luka, 8).text == "Hello there.")
    assert luka.telegram.said(7) == []
    slow.set()
    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["At last."])
