import timeit

from luka_bot.models.conversation import ChatMessage
from luka_bot.models.ids import AgentName, UserId
from luka_bot.models.message import Role
from luka_bot.services.conversations.agents.context import Context, build_context
from luka_bot.services.prompt import Budget, build
from luka_bot.storage.threads import blank_thread
from tests.unit.conversations.said import ANNA, BORIS, CLARA, CRITIC, LUKA, said

NAME = AgentName("luka")
THREE_PEOPLE = [
    said(1, ANNA, "one"),
    said(2, BORIS, "two"),
    said(3, LUKA, "an old answer"),
    said(4, CLARA, "three"),
    said(5, ANNA, "four"),
    said(6, LUKA, "an answer"),
    said(7, BORIS, "five"),
    said(8, CLARA, "six"),
    said(9, ANNA, "seven"),
    said(10, BORIS, "eight"),
]


def told(context: Context) -> list[str]:
    return [one.content for one in (*context.history, context.question)]


def test_five_of_all_people_with_the_question_and_one_of_an_agent_in_order() -> None:
    context = build_context(THREE_PEOPLE, THREE_PEOPLE[-1], NAME, 5)

    assert told(context) == ["four", "an answer", "five", "six", "seven", "eight"]
    assert context.prev_queries == ("Anna: four", "Boris: five", "Clara: six", "Anna: seven")
    assert context.last_answers == ("an answer",)


def test_the_model_is_told_who_speaks() -> None:
    context = build_context(THREE_PEOPLE, THREE_PEOPLE[-1], NAME, 2)

    thread = blank_thread(UserId(7), "Trip", 0.0)
    prompt = build(context.question, thread, context.history, "Be kind.", Budget(4000))

    assert [one.content for one in prompt.messages] == [
        "Be kind.",
        "an answer",
        "Anna: seven",
        "Boris: eight",
    ]


def test_one_person_alone_has_no_name_in_front() -> None:
    log = [said(1, ANNA, "one"), said(2, ANNA, "two")]

    assert build_context(log, log[-1], NAME, 5).prev_queries == ("one",)


def test_another_agent_is_told_of_by_its_name() -> None:
    log = [said(1, ANNA, "one"), said(2, CRITIC, "luka, what do you say?", hops=1)]

    context = build_context(log, log[-1], NAME, 5)

    assert context.question.role is Role.USER
    assert told(context) == ["one", "Critic: luka, what do you say?"]


def test_what_comes_after_the_question_is_not_told() -> None:
    context = build_context(THREE_PEOPLE, THREE_PEOPLE[1], NAME, 5)

    assert told(context) == ["one", "two"]


def test_a_long_log_costs_no_more() -> None:
    log: list[ChatMessage] = [said(number, ANNA, "x" * 1000) for number in range(1, 10_001)]

    seconds = min(timeit.repeat(lambda: build_context(log, log[-1], NAME, 5), number=1, repeat=5))

    assert seconds < 0.005
