"""What a conversation owes is done, whoever dies, stops it or fills it up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from luka_bot.demo.model import Reply
from luka_bot.models.agent import DEFAULT_AGENT
from luka_bot.models.conversation import Conversation, InputMode
from luka_bot.models.conversation_errors import QueueFullError
from luka_bot.models.ids import ChatId
from luka_bot.models.participant import Door
from luka_bot.storage.chat.contract import ChatLimits
from tests.metrics import Growth
from tests.scenario.conversations.house import ANNA, BORIS, Ear, Home, Stores, at_home
from tests.waiting import wait_until, wait_until_found

NO_WINDOWS = dict.fromkeys(InputMode, 0.0)
HELD = Reply("One moment please.", hold_after=2)


async def test_what_a_dead_process_has_left_is_taken_over(stores: Stores) -> None:
    async with at_home(stores, windows=NO_WINDOWS) as home:
        home.model.gate.clear()
        talk = await home.begin(ANNA)
        await home.say(ANNA, talk, "Hi")
        await wait_until(lambda: len(home.model.requests) == 1)

    async with at_home(stores) as heir:
        with heir.ear(talk) as ear:
            await wait_until(lambda: ear.said == ["Hi", "Hello there."])
        await heir.at_rest(talk)

    assert ear.messages[-1].message_id == "a1.luka"


async def test_a_full_queue_costs_the_oldest_answer_and_no_person(stores: Stores) -> None:
    limits = ChatLimits(queue_size=2)
    async with at_home(stores, windows=NO_WINDOWS, limits=limits) as home:
        growth = Growth()
        home.model.gate.clear()
        talk = await home.begin(ANNA)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "one")
            await wait_until(lambda: home.model.streaming == 1)
            await home.say(ANNA, talk, "two")
            assert (await home.say(ANNA, talk, "three")).cancelled != ()
            await wait_until(lambda: home.model.aborted == 1)
            home.model.gate.set()
            await wait_until(lambda: len(ear.said) == 4)

    assert ear.said == ["one", "two", "three", "Hello there."]
    assert growth.of("luka_chat_agents_gave_way_total") == 1


async def test_a_full_queue_refuses_until_it_has_drained(stores: Stores) -> None:
    async with at_home(stores, limits=ChatLimits(queue_size=3)) as home:
        talk = await home.service.create(ANNA, "Trip", (), [], Door.DM)
        home.telegram.stuck = {ChatId(ANNA.user_id)}
        for number in range(3):
            await home.say(ANNA, talk, str(number))
        with pytest.raises(QueueFullError):
            await home.say(ANNA, talk, "too much")

        home.telegram.free()
        await home.at_rest(talk)
        await home.say(ANNA, talk, "again")


async def test_stopped_it_ends_with_what_there_is(stores: Stores) -> None:
    async with growing(stores) as (home, talk, ear):
        assert await home.service.stop(ANNA.user_id, talk.conversation_id) == 1
        await wait_until(lambda: len(ear.said) == 2)
        await home.at_rest(talk)

    assert ear.said == ["Luka, hi", "One moment"]
    assert home.model.aborted == 1


async def test_an_agent_that_is_taken_out_says_nothing_any_more(stores: Stores) -> None:
    async with growing(stores) as (home, talk, ear):
        luka = talk.agents[0].id
        await home.service.remove(ANNA, talk.conversation_id, luka)
        home.model.gate.set()
        await wait_until(lambda: any(one.get("cancelled") for one in ear.of_type("stream")))
        await home.at_rest(talk)

    assert ear.said == ["Luka, hi"]


async def test_who_asks_again_is_answered_though_nobody_else_would_be(stores: Stores) -> None:
    async with at_home(stores, windows=NO_WINDOWS) as home:
        talk = await home.begin(ANNA, BORIS)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "ok thanks")
            await home.at_rest(talk)
            await home.service.ask_again(ANNA.user_id, talk.conversation_id, 1, DEFAULT_AGENT)
            await wait_until(lambda: ear.said == ["ok thanks", "Hello there."])
            await home.at_rest(talk)


async def test_a_slow_history_delays_nobody_and_gets_it_all(stores: Stores, home: Home) -> None:
    stores.kept.hold()
    talk = await home.begin(ANNA)

    with home.ear(talk) as ear:
        await home.say(ANNA, talk, "Hi")
        await wait_until(lambda: ear.said == ["Hi", "Hello there."])
    assert await home.history(talk) == []

    stores.kept.let_go()

    async def is_written() -> bool:
        return await home.history(talk) == ["Hi", "Hello there."]

    await wait_until_found(is_written)


@asynccontextmanager
async def growing(stores: Stores) -> AsyncIterator[tuple[Home, Conversation, Ear]]:
    """Somebody asked, and a part of the answer is there."""
    async with at_home(stores, windows=NO_WINDOWS, reply=HELD) as home:
        home.model.gate.clear()
        talk = await home.begin(ANNA)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "Luka, hi")
            await wait_until(lambda: "".join(map(_delta, ear.of_type("stream"))) == "One moment")
            yield home, talk, ear


def _delta(frame: dict[str, Any]) -> str:
    return str(frame["delta"])
