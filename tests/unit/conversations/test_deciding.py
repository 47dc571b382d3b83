from dataclasses import replace

import pytest

from luka_bot.models.agent import Agent
from luka_bot.models.conversation import ChatMessage, Policy
from luka_bot.models.ids import AgentName, ChatId
from luka_bot.services.conversations.agents.book import LUKA as THE_AGENT
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.services.conversations.agents.deciding import Decision, Heard, decide
from tests.unit.conversations.said import ANNA, BORIS, CRITIC, LUKA, conversation_of, said

CRITIC_AGENT = Agent(AgentName("critic"), "Critic")
BOOK = AgentBook([CRITIC_AGENT])
BOOK.bot_username = "luka_bot"
GROUP = ChatId(-100)
MANY = conversation_of(ANNA, BORIS, LUKA)
IN_GROUP = conversation_of(ANNA, BORIS, LUKA, group=GROUP)


def test_one_person_alone_is_always_answered() -> None:
    heard = Heard(said(1, ANNA, "ok thanks"), conversation_of(ANNA, LUKA))

    assert decide(THE_AGENT, heard, BOOK) is Decision.YES


def test_one_person_with_two_agents_may_call_one_of_them() -> None:
    heard = Heard(
        said(1, ANNA, "critic, what's wrong with it?"), conversation_of(ANNA, LUKA, CRITIC)
    )

    assert decide(CRITIC_AGENT, heard, BOOK) is Decision.YES
    assert decide(THE_AGENT, heard, BOOK) is Decision.NO


@pytest.mark.parametrize(
    "text", ["@luka_bot when?", "@luka when?", "So, Luka: when?", "what does luka think"]
)
def test_who_is_called_answers_in_a_group(text: str) -> None:
    assert decide(THE_AGENT, Heard(said(1, ANNA, text), IN_GROUP), BOOK) is Decision.YES


@pytest.mark.parametrize("text", ["when do we leave?", "lukas is here", "ok thanks"])
def test_a_group_among_itself_is_left_alone(text: str) -> None:
    assert decide(THE_AGENT, Heard(said(1, ANNA, text), IN_GROUP), BOOK) is Decision.NO


def test_the_first_who_writes_in_a_group_is_not_alone_there() -> None:
    heard = Heard(said(1, ANNA, "when do we leave?"), conversation_of(ANNA, LUKA, group=GROUP))

    assert decide(THE_AGENT, heard, BOOK) is Decision.NO


def test_a_reply_to_its_words_is_for_it() -> None:
    heard = Heard(said(2, BORIS, "and then?", reply_to=1), IN_GROUP, said(1, LUKA, "First, eat."))

    assert decide(THE_AGENT, heard, BOOK) is Decision.YES


@pytest.mark.parametrize(
    "text", ["ok thanks", "Great!", "спасибо", "Boris, are you coming?", "@clara did you call?"]
)
def test_a_smart_agent_knows_what_is_not_for_it(text: str) -> None:
    assert decide(THE_AGENT, Heard(said(1, ANNA, text), MANY), BOOK) is Decision.NO


def test_a_question_right_after_its_answer_is_for_it() -> None:
    before = said(1, LUKA, "Take the train.")
    heard = Heard(said(2, ANNA, "And how long does that take?"), MANY, before=before)

    assert decide(THE_AGENT, heard, BOOK) is Decision.YES


def test_what_no_rule_settles_is_asked_of_the_model() -> None:
    heard = Heard(said(1, ANNA, "Which trains go to Rome on Sunday?"), MANY)

    assert decide(THE_AGENT, heard, BOOK) is Decision.UNSURE


@pytest.mark.parametrize("text", ["luka?", "ok"])
def test_a_quiet_agent_never_speaks(text: str) -> None:
    quiet = replace(MANY, policy=Policy.QUIET)

    assert decide(THE_AGENT, Heard(said(1, ANNA, text), quiet), BOOK) is Decision.NO


def test_the_agent_s_own_policy_goes_before_the_conversation_s() -> None:
    eager = replace(THE_AGENT, policy=Policy.ALWAYS)
    quiet = replace(MANY, policy=Policy.QUIET)

    assert decide(eager, Heard(said(1, ANNA, "ok"), quiet), BOOK) is Decision.YES


@pytest.mark.parametrize(
    ("message", "decision"),
    [
        (said(2, LUKA, "I'd go. Critic?", hops=1), Decision.YES),
        (said(2, LUKA, "I'd go. Critic?", hops=3), Decision.NO),
        (said(2, LUKA, "I'd go.", hops=1), Decision.NO),
        (said(2, CRITIC, "Critic, says critic.", hops=1), Decision.NO),
    ],
)
def test_agents_answer_each_other_when_called_and_not_for_ever(
    message: ChatMessage, decision: Decision
) -> None:
    heard = Heard(message, conversation_of(ANNA, LUKA, CRITIC))

    assert decide(CRITIC_AGENT, heard, BOOK) is decision
