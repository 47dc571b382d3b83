"""What is counted is what happened."""

from luka_bot.demo.model import Reply
from luka_bot.models.conversation import InputMode
from luka_bot.models.conversation_errors import QueueFullError
from luka_bot.models.ids import ChatId
from luka_bot.models.participant import Door
from luka_bot.storage.chat.contract import ChatLimits
from tests.metrics import Growth, sample
from tests.scenario.conversations.house import ANNA, BORIS, Home, Stores, at_home
from tests.waiting import wait_until


async def test_a_session_is_counted_as_it_was(home: Home) -> None:
    growth = Growth()
    talk = await home.begin(ANNA, BORIS)

    with home.ear(talk) as ear, home.ear(talk, BORIS):
        assert growth.of("luka_chat_connections") == 2
        await home.say(ANNA, talk, "Luka, hi", message_id="m1")
        await home.say(ANNA, talk, "Luka, hi", message_id="m1")
        await wait_until(lambda: len(ear.said) == 2)
        assert growth.of("luka_chat_hosted") == 1
        health = home.house.hub.health()
        await home.at_rest(talk)

    assert health["connections"] == 2
    assert health["participants_by_conversation"] == {
        talk.conversation_id: {"humans": 2, "ai_agents": 1}
    }
    assert health["queue_depths"].keys() == {talk.conversation_id}
    assert (health["status"], health["storage"]) == ("ok", "connected")
    assert growth.of("luka_chat_connections") == 0
    assert growth.of("luka_chat_messages_total", sender="human", door="web") == 1
    assert growth.of("luka_chat_messages_total", sender="agent", door="inside") == 1
    assert growth.of("luka_chat_duplicates_total") == 1
    assert growth.of("luka_chat_humans_sum") == 2
    assert growth.of("luka_chat_delivery_seconds_count") >= 1
    assert growth.of("luka_agent_answer_seconds_count") == 1
    assert growth.of("luka_agent_context_seconds_count") == 1


async def test_trouble_is_counted(stores: Stores) -> None:
    growth = Growth()
    limits, windows = ChatLimits(queue_size=2), dict.fromkeys(InputMode, 0.0)
    async with at_home(stores, windows=windows, limits=limits, first_word=0.05, sweep=0.02) as home:
        home.model.reply_with(Reply("Late.", delay_first=60.0))
        talk = await home.service.create(ANNA, "Trip", (), None, Door.DM)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "Luka, hi", door=Door.DM, origin=ChatId(ANNA.user_id))
            await wait_until(lambda: ear.of_type("error") != [])
        await home.at_rest(talk)
        home.telegram.stuck = {ChatId(ANNA.user_id)}
        for number in range(3):
            try:
                await home.say(ANNA, talk, str(number), asks=False)
            except QueueFullError:
                assert number == 2
        await wait_until(lambda: sample("luka_chat_queue_depth") == 2)
        await wait_until(lambda: growth.of("luka_chat_post_seconds_count") >= 1)

    assert growth.of("luka_agent_timeouts_total", agent="luka") == 1
    assert growth.of("luka_agent_failures_total", error="AgentTimeout") == 1
    assert growth.of("luka_chat_refused_total") == 1
