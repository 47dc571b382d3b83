"""What agents hear, decide and say."""

from luka_bot.demo.model import Asked, Reply
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import InputMode, Policy
from luka_bot.models.ids import AgentName
from luka_bot.models.participant import Door
from tests.metrics import Growth
from tests.scenario.conversations.house import ANNA, BORIS, CLARA, Home, Stores, at_home
from tests.waiting import wait_until

OPTIMIST = Agent(AgentName("optimist"), "Optimist", policy=Policy.ALWAYS)
PESSIMIST = Agent(AgentName("pessimist"), "Pessimist", policy=Policy.ALWAYS)
ALWAYS = [OPTIMIST.name, PESSIMIST.name]


async def test_two_agents_who_always_answer_end_after_three_hops(stores: Stores) -> None:
    async with at_home(stores, agents=[OPTIMIST, PESSIMIST]) as home:
        talk = await home.begin(ANNA, agents=ALWAYS)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "Will it rain?")
            await wait_until(lambda: any(one.hops == 3 for one in ear.messages))
            await home.at_rest(talk)

    assert max(one.hops for one in ear.messages) == 3


async def test_every_agent_hears_every_message_and_may_be_silent(stores: Stores) -> None:
    shy = Agent(AgentName("shy"), "Shy", policy=Policy.QUIET)
    async with at_home(stores, agents=[shy]) as home:
        talk = await home.begin(ANNA, BORIS, agents=[AgentName("luka"), shy.name])
        growth = Growth()
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "ok thanks")
            await home.say(BORIS, talk, "Luka, is it far?")
            await wait_until(lambda: "Hello there." in ear.said)
            await home.at_rest(talk)

    assert ear.said == ["ok thanks", "Luka, is it far?", "Hello there."]
    assert (asked(growth, "luka"), asked(growth, "shy")) == (2, 3)


async def test_the_prompt_names_who_speaks(home: Home) -> None:
    talk = await home.begin(ANNA, BORIS)

    await home.say(BORIS, talk, "Rome or Paris.")
    await home.say(ANNA, talk, "Luka, which one?")
    await home.at_rest(talk)

    prompts = ([one["content"] for one in sent["messages"]] for sent in home.model.requests)
    (told,) = (prompt for prompt in prompts if prompt[0] == "You are luka.")
    assert told == ["You are luka.", "Boris: Rome or Paris.", "Anna: Luka, which one?"]


async def test_a_smart_agent_asks_itself_whether_it_is_meant(stores: Stores) -> None:
    def reply(asked: Asked) -> str:
        return "yes" if "Would" in asked.system else "At eight."

    async with at_home(stores, reply=reply) as home:
        talk = await home.begin(ANNA, BORIS)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "when does the last train to Rome leave")
            await wait_until(lambda: len(ear.said) == 2)

    assert ear.said[1] == "At eight."


async def test_what_comes_in_one_breath_is_answered_once(stores: Stores) -> None:
    windows = {InputMode.SINGLE: 60.0, InputMode.MULTI: 60.0}
    reply = Reply("Both, I see.", hold_after=1)
    async with at_home(stores, reply=reply, windows=windows) as home:
        home.model.gate.clear()
        talk = await home.begin(ANNA)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "Rome is nice.")
            await wait_until(lambda: home.model.streaming == 1)
            await home.say(ANNA, talk, "Or Paris?")
            await wait_until(lambda: home.model.aborted == 1)
            home.model.gate.set()
            await wait_until(lambda: len(ear.said) == 3)
            await home.at_rest(talk)

    assert ear.said == ["Rome is nice.", "Or Paris?", "Both, I see."]
    assert ear.messages[-1].message_id == "a2.luka"
    assert len(home.model.requests) == 2


async def test_three_people_within_the_window_get_one_answer(stores: Stores) -> None:
    windows = dict.fromkeys(InputMode, 0.2)
    async with at_home(stores, agents=[OPTIMIST], windows=windows) as home:
        talk = await home.begin(ANNA, BORIS, CLARA, agents=[OPTIMIST.name])
        with home.ear(talk) as ear:
            for who in (ANNA, BORIS, CLARA):
                await home.say(who, talk, f"Where to, says {who.name}?")
            await wait_until(lambda: len(ear.said) == 4)
            await home.at_rest(talk)

    assert len(home.model.requests) == 1
    told = [one["content"] for one in home.model.requests[0]["messages"]]
    assert [one.split(":")[0] for one in told[1:]] == ["Anna", "Boris", "Clara"]


async def test_what_is_said_while_it_speaks_is_answered_together_afterwards(
    stores: Stores,
) -> None:
    async with at_home(stores, windows=dict.fromkeys(InputMode, 0.0)) as home:
        home.model.reply_with(Reply("One moment please.", hold_after=2), "Now both.")
        home.model.gate.clear()
        talk = await home.begin(ANNA)
        with home.ear(talk) as ear:
            await home.say(ANNA, talk, "First")
            await wait_until(lambda: bool(ear.of_type("stream")))
            await home.say(ANNA, talk, "Second")
            await home.say(ANNA, talk, "Third")
            home.model.gate.set()
            await wait_until(lambda: len(ear.said) == 5)
            await home.at_rest(talk)

    assert ear.said == ["First", "Second", "Third", "One moment please.", "Now both."]
    assert ear.messages[-1].reply_to == 3


async def test_the_mode_is_told_when_a_second_person_comes(home: Home) -> None:
    talk = await home.begin(ANNA)
    token, _ = await home.service.share(ANNA, talk.conversation_id, 1, 3600.0)

    with home.ear(talk) as ear:
        await home.service.join(token, BORIS, Door.WEB)
        await wait_until(lambda: len(ear.of_type("participant_update")) == 1)
        await home.service.leave(BORIS, talk.conversation_id)
        await wait_until(lambda: len(ear.of_type("participant_update")) == 2)

    updates = ear.of_type("participant_update")
    assert [one["input_mode"] for one in updates] == ["multi", "single"]
    assert [one["participant_count"] for one in updates] == [3, 2]


def asked(growth: Growth, agent: str) -> float:
    decisions = ("yes", "no")
    return sum(growth.of("luka_agent_asked_total", agent=agent, decision=one) for one in decisions)
