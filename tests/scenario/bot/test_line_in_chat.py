"""Who waits for the model sees their place, and may leave it, be overtaken or overtake."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.metrics import Growth, sample
from tests.scenario.bot.talking import newest
from tests.waiting import wait_until

ADMINS = -100
NEXT = "⏳ You're next in line."
SECOND = "⏳ You're number 2 in line."


@pytest.fixture
async def luka(tmp_path: Path) -> AsyncIterator[Luka]:
    """Answers one question at a time, and none before the gate is open."""
    async with running_luka(
        tmp_path, max_concurrent_generations=1, admin_chat_id=ADMINS
    ) as running:
        running.model.gate.clear()
        yield running


@pytest.fixture
async def ben(luka: Luka, anna: Person) -> Person:
    """Waits for Anna's answer, and has seen so."""
    await anna.writes("Anna's?")
    await luka.telegram.wait_for(lambda: asked(luka) == ["Anna's?"])
    ben = luka.telegram.person(8, "Ben")
    await ben.writes("Ben's?")
    await luka.telegram.wait_for(lambda: newest(luka, 8).text == NEXT)
    return ben


def asked(luka: Luka) -> list[str]:
    return [request["messages"][-1]["content"] for request in luka.model.requests]


async def test_a_place_is_kept_current_in_the_message_that_becomes_the_answer(
    luka: Luka, anna: Person, ben: Person
) -> None:
    cid = luka.telegram.person(9, "Сид", language="ru")
    await cid.writes("Сид?")
    await luka.telegram.wait_for(lambda: newest(luka, 9).text == "⏳ Ваше место в очереди: 2.")
    first, buttons = newest(luka, 9), newest(luka, 9).buttons

    await anna.writes("/stop")
    await luka.telegram.wait_for(lambda: "Скоро подойдёт" in newest(luka, 9).text, seconds=10)
    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: luka.telegram.said(9) == ["Hello there."], seconds=10)
    assert buttons == ["⏹ Стоп"]
    assert newest(luka, 9).message_id == first.message_id
    assert luka.telegram.said(ben.id) == ["Hello there."]


async def test_who_waits_is_told_for_how_long_once_that_is_known(luka: Luka, anna: Person) -> None:
    luka.model.gate.set()
    await anna.writes("How long?")
    await luka.telegram.wait_for(lambda: "🔄 Regenerate" in newest(luka, 7).buttons)
    luka.model.gate.clear()
    await anna.writes("And now?")
    await luka.telegram.wait_for(lambda: len(asked(luka)) == 2)

    ben = luka.telegram.person(8, "Ben")
    await ben.writes("Ben's?")

    await luka.telegram.wait_for(
        lambda: newest(luka, 8).text == "⏳ You're next in line, about 5 s."
    )
    luka.model.gate.set()


@pytest.mark.parametrize("how", ["/stop", "⏹ Stop"])
async def test_who_waits_can_stop_it_and_the_model_never_hears_of_it(
    luka: Luka, ben: Person, how: str
) -> None:
    await (ben.writes(how) if how.startswith("/") else ben.taps(how))
    await luka.telegram.wait_for(lambda: newest(luka, 8).buttons == ["🔁 Retry"])
    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: luka.telegram.said(7) == ["Hello there."])
    assert "topped" in newest(luka, 8).text
    assert len(luka.telegram.said(8)) == 1
    assert asked(luka) == ["Anna's?"]


async def test_those_who_look_after_luka_overtake(luka: Luka, anna: Person, ben: Person) -> None:
    luka.telegram.group(ADMINS, "Those who look after luka", [anna])
    await anna.writes("@luka_bot Ours?", chat=ADMINS)
    await luka.telegram.wait_for(lambda: newest(luka, ADMINS).text == NEXT)
    await luka.telegram.wait_for(lambda: newest(luka, ben.id).text == SECOND, seconds=10)

    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: luka.telegram.said(ben.id) == ["Hello there."])
    assert asked(luka) == ["Anna's?", "@luka_bot Ours?", "Ben's?"]


async def test_many_questions_of_one_do_not_hold_up_another(luka: Luka, anna: Person) -> None:
    for number in range(4):
        await anna.writes(f"/new Topic {number}")
        await anna.writes(f"Anna's {number}")
    await luka.telegram.wait_for(lambda: len(asked(luka)) == 1)
    await wait_until(lambda: sample("luka_generations_waiting") == 3)
    ben = luka.telegram.person(8, "Ben")
    await ben.writes("Ben's?")
    await wait_until(lambda: sample("luka_generations_waiting") == 4)

    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: len(asked(luka)) == 5)
    assert asked(luka)[:2] == ["Anna's 0", "Ben's?"]


async def test_a_person_takes_no_more_than_their_share(tmp_path: Path) -> None:
    async with running_luka(tmp_path, max_generations_per_person=1) as luka:
        held = asyncio.Event()
        luka.model.reply_with(Reply("At last.", gate=held))
        anna, ben = luka.telegram.person(7, "Anna"), luka.telegram.person(8, "Ben")
        await anna.writes("Anna's?")
        await luka.telegram.wait_for(lambda: len(asked(luka)) == 1)
        await anna.writes("/new Second")
        await anna.writes("Anna's second?")
        await luka.telegram.wait_for(lambda: newest(luka, 7).text == NEXT)

        await ben.writes("Ben's?")
        await luka.telegram.wait_for(lambda: luka.telegram.said(8) == ["Hello there."])
        assert asked(luka) == ["Anna's?", "Ben's?"]

        held.set()
        await luka.telegram.wait_for(
            lambda: luka.telegram.said(7)[1:] == ["Hello there.", "At last."]
        )


async def test_waiting_is_counted(luka: Luka, ben: Person) -> None:
    growth = Growth()
    assert sample("luka_generations_waiting") == 1
    assert sample("luka_generations_running") == 1

    luka.model.gate.set()

    await luka.telegram.wait_for(lambda: luka.telegram.said(ben.id) == ["Hello there."])
    assert sample("luka_generations_waiting") == 0
    assert growth.of("luka_line_wait_seconds_count") == 1
    assert growth.of("luka_line_wait_seconds_sum") > 1
