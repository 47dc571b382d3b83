"""What is said is brought to Telegram, and trouble in one chat is nobody else's."""

from collections.abc import Sequence

from luka_bot.demo.model import Reply
from luka_bot.models.conversation import Conversation, InputMode
from luka_bot.models.ids import AgentName, ChatId, UserId
from luka_bot.models.participant import Door
from luka_bot.services.conversations.saying import Speaker
from tests.scenario.conversations.house import ANNA, BORIS, Home, Stores, at_home
from tests.waiting import wait_until

DORA, EMIL, FRIDA = (
    Speaker(UserId(number), name) for number, name in ((10, "Dora"), (11, "Emil"), (12, "Frida"))
)
NO_WINDOWS = dict.fromkeys(InputMode, 0.0)


async def test_one_of_five_fails_in_each_way_and_the_others_have_it(home: Home) -> None:
    talk = await by_dm(home, ANNA, BORIS, DORA, EMIL, FRIDA)
    box = home.telegram
    gone, broken, away, stuck, well = map(dm, (ANNA, BORIS, DORA, EMIL, FRIDA))
    box.gone, box.broken, box.away, box.stuck = {gone}, {broken}, {away}, {stuck}

    with home.ear(talk) as ear:
        await home.say(BORIS, talk, "Hi")
        await wait_until(lambda: box.said[well] == ["Hi"] and ear.said == ["Hi"])
        box.broken.clear()
        await home.say(DORA, talk, "And?", door=Door.DM, origin=away)
        await wait_until(lambda: box.said[broken] == ["And?"] and box.said[well] == ["Hi", "And?"])
        await wait_until(lambda: box.said[away] == ["Hi"])

    now = await home.house.storage.conversation(talk.conversation_id)
    assert gone not in now.dm_chats
    await home.owes_only(talk, "t:5:11", "t:6:11")


async def test_an_answer_grows_in_every_chat_and_stands_once(stores: Stores) -> None:
    async with at_home(stores, windows=NO_WINDOWS) as home:
        home.model.reply_with(Reply("Hello there you two.", hold_after=2))
        home.model.gate.clear()
        talk = await by_dm(home, ANNA, BORIS, agents=None)
        box = home.telegram
        await home.say(ANNA, talk, "Luka, hi", door=Door.DM, origin=dm(ANNA))
        await wait_until(
            lambda: [box.growing[dm(who)] for who in (ANNA, BORIS)] == ["Hello there"] * 2
        )
        home.model.gate.set()
        await home.at_rest(talk)

    assert box.said[dm(ANNA)][-1:] == ["Hello there you two."]
    assert box.said[dm(BORIS)][-2:] == ["Luka, hi", "Hello there you two."]


async def test_a_stuck_chat_holds_up_neither_the_model_nor_the_next_answer(stores: Stores) -> None:
    async with at_home(stores, windows=NO_WINDOWS) as home:
        talk = await by_dm(home, ANNA, BORIS, agents=None)
        await home.at_rest(talk)
        home.telegram.stuck = {dm(BORIS)}
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "Luka, one")
            await wait_until(lambda: len(ear.said) == 2)
            await home.say(ANNA, talk, "Luka, two")
            await wait_until(lambda: len(ear.said) == 4)
        await wait_until(lambda: len(home.telegram.said[dm(ANNA)]) == 4)
        home.telegram.free()
        await wait_until(lambda: len(home.telegram.said[dm(BORIS)]) == 4)

    told = ["Luka, one", "Hello there.", "Luka, two", "Hello there."]
    assert home.telegram.said[dm(ANNA)] == told
    assert home.telegram.said[dm(BORIS)] == told


async def test_no_word_in_time_is_told_to_who_asked_alone(stores: Stores) -> None:
    async with at_home(stores, windows=NO_WINDOWS, first_word=0.05) as home:
        home.model.reply_with(Reply("Late.", delay_first=60.0))
        talk = await by_dm(home, ANNA, BORIS, agents=None)
        with home.ear(talk, ANNA) as anna, home.ear(talk, BORIS) as boris:
            await home.say(
                ANNA, talk, "Luka, hi", door=Door.DM, origin=dm(ANNA), message_id="tg:7:1"
            )
            await wait_until(lambda: bool(anna.of_type("error")))
            await home.say(BORIS, talk, "Nice day")
            await wait_until(lambda: boris.said == ["Luka, hi", "Nice day"])
            await home.at_rest(talk)
        await wait_until(lambda: bool(home.telegram.failed))

    (error,) = anna.of_type("error")
    assert (error["code"], error["status"], error["message_id"]) == ("AGENT_TIMEOUT", 504, "tg:7:1")
    assert "to" not in error
    assert boris.of_type("error") == []
    ((chat, what),) = home.telegram.failed
    assert (chat, what.split()[0]) == (dm(ANNA), "AgentTimeout")


async def by_dm(
    home: Home, *people: Speaker, agents: Sequence[AgentName] | None = ()
) -> Conversation:
    """Everybody by direct messages; what tells there of their coming is over."""
    owner, *others = people
    talk = await home.service.create(owner, "Trip", (), agents, Door.DM)
    token, _ = await home.service.share(owner, talk.conversation_id, 10, 3600.0)
    for one in others:
        await home.service.join(token, one, Door.DM)
    await home.at_rest(talk)
    home.telegram.said.clear()
    return await home.house.storage.conversation(talk.conversation_id)


def dm(who: Speaker) -> ChatId:
    return ChatId(who.user_id)
