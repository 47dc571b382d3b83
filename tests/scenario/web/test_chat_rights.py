"""That whoever sits at an open socket may speak is asked of every message."""

from pathlib import Path

from luka_bot.models.ids import UserId
from luka_bot.models.person import Standing
from luka_bot.storage.people import PeopleStore
from tests.scenario.web.chat_house import ANNA, BORIS, ChatHouse, chat_house


async def test_who_is_banned_is_heard_no_more_though_the_socket_is_open(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna, boris = await house.person(ANNA), await house.person(BORIS)
        talk = await anna.creates(BORIS)
        async with anna.socket(talk) as a, boris.socket(talk) as b:
            await b.say("before")
            await a.hears("before")
            await people(house).decide(UserId(BORIS), Standing.BANNED, "Olga")
            await b.say("banned", "m2")
            refused = await b.next("error")
            await people(house).decide(UserId(BORIS), Standing.ALLOWED, "Olga")
            await b.say("after", "m3")
            await a.hears("after")

    assert (refused["code"], refused["message_id"]) == ("FORBIDDEN", "m2")
    assert [one["content"] for one in a.seen if one["type"] == "message"] == ["before", "after"]


async def test_a_day_s_last_message_is_taken_and_its_repetition_costs_nothing(
    tmp_path: Path,
) -> None:
    async with chat_house(tmp_path) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates(agents=["cook"])
        await people(house).update(UserId(ANNA), limit_messages="2")
        async with anna.socket(talk) as a:
            for name in ("m1", "m2", "m2"):
                await a.say(name, name)
                await a.next("ack")
            await a.say("m3", "m3")
            refused = await a.next("error")

    assert (refused["code"], refused["message_id"]) == ("RATE_LIMITED", "m3")
    assert refused["retry_after"] >= 1


async def test_what_no_agent_would_answer_is_no_question_of_the_day(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna, _ = await house.person(ANNA), await house.person(BORIS)
        talk, counted = await anna.creates(BORIS, agents=["luka"]), []
        async with anna.socket(talk) as a:
            await a.next("sync")
            for policy, text in (
                ("mention", "Boris, are you coming?"),
                ("mention", "luka, is it far?"),
                ("quiet", "luka, and now?"),
                ("always", "Nobody in particular"),
            ):
                await anna.call("PATCH", f"/chat/{talk}", {"policy": policy})
                while (await a.next("participant_update"))["action"] != "policy":
                    pass
                await a.say(text, text)
                await a.next("ack")
                counted.append((await people(house).usage(UserId(ANNA))).messages)

    assert counted == [0, 1, 1, 2]


async def test_whom_luka_holds_to_a_pace_is_told_when_to_go_on(tmp_path: Path) -> None:
    async with chat_house(tmp_path, flood_per_minute=3) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates()
        async with anna.socket(talk) as a:
            await a.say("one", "m1")
            await a.say("two", "m2")
            refused = await a.next("error")

    assert refused["code"] == "RATE_LIMITED"
    assert refused["retry_after"] >= 1


def people(house: ChatHouse) -> PeopleStore:
    return house.services.people
