"""How much somebody may ask, and how fast."""

from pathlib import Path

from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask
from tests.scenario.people.house import ADMINS


async def test_the_day_s_last_message_is_answered_and_the_next_one_told_when(
    tmp_path: Path,
) -> None:
    async with running_luka(tmp_path, messages_per_day=2) as luka:
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "one", "First.")
        await ask(luka, anna, "two", "Second.")
        await anna.writes("three")
        await _hears(luka, anna, "That's all your messages for today.")

        assert "after 00:00 (UTC)" in luka.telegram.said(7)[-1]
        assert len(luka.model.requests) == 2
        await anna.writes("/chats")
        await _hears(luka, anna, "You have 1 thread.")


async def test_admins_have_no_limits(tmp_path: Path) -> None:
    async with running_luka(tmp_path, messages_per_day=1, admin_ids="9") as luka:
        olga = luka.telegram.person(9, "Olga")
        await ask(luka, olga, "one", "First.")
        answer = await ask(luka, olga, "two", "Second.")

        assert answer.text == "Second."


async def test_a_flood_is_refused_once_and_a_stop_still_goes_through(tmp_path: Path) -> None:
    async with running_luka(tmp_path, flood_per_minute=3) as luka:
        anna = luka.telegram.person(7, "Anna")
        for _ in range(6):
            await anna.writes("/help")
        await _hears(luka, anna, "That's a lot at once!")
        await anna.writes("/stop")
        await _hears(luka, anna, "Nothing is being written")

        said = luka.telegram.said(7)
        assert sum("What I can do" in one for one in said) == 3
        assert sum("That's a lot at once!" in one for one in said) == 1


async def test_a_group_s_threads_are_erased_by_its_administrators_alone(tmp_path: Path) -> None:
    async with running_luka(tmp_path, admin_chat_id=ADMINS) as luka:
        anna, boris = luka.telegram.person(7, "Anna"), luka.telegram.person(8, "Boris")
        luka.telegram.group(-100200, "Family", [anna, boris])
        await boris.writes("/delete", chat=-100200)
        await luka.telegram.wait_for(lambda: len(luka.telegram.said(-100200)) == 1)
        await anna.writes("/delete", chat=-100200)
        await luka.telegram.wait_for(lambda: len(luka.telegram.said(-100200)) == 2)

        refused, asked = luka.telegram.said(-100200)
        assert refused == "In a group only its administrators can do that."
        assert asked.startswith("🗑 Delete")


async def _hears(luka: Luka, person: Person, words: str) -> None:
    said = luka.telegram.said
    await luka.telegram.wait_for(lambda: any(words in one for one in said(person.id)))


async def test_a_job_is_a_message_of_the_day(tmp_path: Path) -> None:
    async with running_luka(tmp_path, messages_per_day=1, worker=False) as luka:
        anna = luka.telegram.person(7, "Anna")
        await anna.writes("/start")
        await anna.writes("/job")
        await anna.writes("/job Count the apples")
        await luka.telegram.wait_for(lambda: "Job #1" in luka.telegram.said(7)[-1])
        await anna.writes("/job Count the pears")
        await luka.telegram.wait_for(lambda: "today" in luka.telegram.said(7)[-1])

        assert not any("Job #2" in said for said in luka.telegram.said(7))
