"""What somebody said in others' conversations is theirs: to take back, to have, to be forgotten."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from luka_bot.demo.telegram import Person
from tests.scenario.bot.talking import newest
from tests.scenario.people.traces import everything, is_quiet, that_mention
from tests.scenario.sharing.circle import Circle
from tests.waiting import wait_until_found

ZOYA, TRACES = 7391846540, ["7391846540", "Quillfeather", "zanzibar"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_joined_takes_back_their_own_words_and_nobody_else_s(circle: Circle) -> None:
    anna, boris = circle.anna, circle.boris
    await circle.begins(anna, "Bank")
    await circle.joins(boris, await circle.shares(anna), "Bank")
    spoken = await boris.writes("Anna, the PIN is 4711zeppelin")
    await circle.hears(anna, "4711zeppelin")
    await anna.writes("Boris, tiptoe")
    brought = await circle.shows(boris, "tiptoe")

    await boris.writes("/redact", reply_to=brought.message_id)
    await circle.hears(boris, "You can redact your own words")
    await boris.writes("/redact", reply_to=spoken)
    await circle.hears(boris, "I have forgotten that")
    await circle.luka.telegram.wait_for(lambda: "zeppelin" not in circle.all_said_to(anna))
    await wait_until_found(lambda: is_quiet(circle.luka.settings))

    kept = await everything(circle.luka.settings)
    assert {word for _, word in that_mention(kept, ["4711zeppelin", "tiptoe"])} == {"tiptoe"}


async def test_own_words_in_others_conversations_are_exported_and_forgotten(circle: Circle) -> None:
    luka, anna = circle.luka, circle.anna
    zoya = luka.telegram.person(ZOYA, "Zoya Quillfeather", username="quillfeather")
    await circle.begins(anna, "Garden")
    await circle.joins(zoya, await circle.shares(anna), "Garden")
    await zoya.writes("Anna, my tree is called zanzibar")
    await circle.hears(anna, "zanzibar")
    await anna.writes("Zoya, mine is called Bob")
    await circle.hears(zoya, "mine is called Bob")
    assert await _exported(circle, zoya) == {"Garden": ["Anna, my tree is called zanzibar"]}
    before = await everything(luka.settings)
    assert {word for _, word in that_mention(before, TRACES)} == set(TRACES)

    await circle.shows(zoya, "Erase everything", await zoya.writes("/forget"))
    await zoya.taps("🔥 Yes, erase everything")
    await circle.hears(zoya, "I have forgotten you")
    await luka.telegram.wait_for(lambda: "zanzibar" not in circle.all_said_to(anna))
    await wait_until_found(lambda: is_quiet(luka.settings))

    after = await everything(luka.settings)
    assert that_mention(after, TRACES) == []
    assert that_mention(after, ["mine is called Bob"])


async def _exported(circle: Circle, person: Person) -> dict[str, list[str]]:
    """What was said, by thread, but for the threads that are theirs and empty."""
    await person.writes("/export")
    await circle.hears(person, "All I keep of you")
    archive = ZipFile(BytesIO(newest(circle.luka, person.id).content or b""))
    threads = json.loads(archive.read("luka.json"))["threads"]
    return {
        one["name"]: [said["content"] for said in one["messages"]]
        for one in threads
        if one["messages"]
    }
