"""What is said reaches everybody, in one order."""

import asyncio

from tests.scenario.conversations.house import ANNA, BORIS, CLARA, Home, Stores, at_home
from tests.waiting import wait_until


async def test_three_people_hear_each_other(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS, CLARA, agents=[])

    with (
        home.ear(talk, ANNA) as anna,
        home.ear(talk, BORIS) as boris,
        home.ear(talk, CLARA) as clara,
    ):
        for who, text in ((ANNA, "Hi"), (BORIS, "Hello"), (CLARA, "Hey")):
            await home.say(who, talk, text)
        ears = (anna, boris, clara)
        await wait_until(lambda: all(len(ear.said) == 3 for ear in ears))

    assert [ear.said for ear in ears] == [["Hi", "Hello", "Hey"]] * 3
    assert [ear.numbers for ear in ears] == [[1, 2, 3]] * 3


async def test_people_who_speak_at_once_are_heard_in_one_order_by_two_processes(
    stores: Stores, home: Home
) -> None:
    talk = await home.begin(ANNA, BORIS, CLARA, agents=[])

    async with at_home(stores) as twin:
        with home.ear(talk, ANNA) as here, twin.ear(talk, BORIS) as there:
            async with asyncio.TaskGroup() as people:
                for who, door in ((ANNA, home), (BORIS, twin), (CLARA, twin)):
                    for number in range(100):
                        people.create_task(door.say(who, talk, f"{who.name} {number}"))
            await wait_until(lambda: len(here.said) == len(there.said) == 300)

    assert here.said == there.said
    assert here.numbers == list(range(1, 301))


async def test_an_agent_answers_everybody_under_one_number(home: Home) -> None:
    talk = await home.begin(ANNA)

    with home.ear(talk, ANNA) as phone, home.ear(talk, ANNA) as desk:
        await home.say(ANNA, talk, "Hi")
        await wait_until(lambda: len(phone.said) == len(desk.said) == 2)

    assert phone.said == desk.said == ["Hi", "Hello there."]
    assert phone.messages[1].message_id == "a1.luka"
    streams = phone.of_type("stream")
    assert "Hello there.".startswith("".join(one["delta"] for one in streams))
    assert {one["stream_id"] for one in streams} == {"a1.luka"}
    await home.at_rest(talk)
