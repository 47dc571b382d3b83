from luka_bot.models.conversation import InputMode
from luka_bot.services.conversations.agents.windows import InputWindow
from tests.unit.conversations.said import ANNA, BORIS, CRITIC, LUKA, conversation_of


def test_alone_with_an_agent_nobody_waits() -> None:
    window = InputWindow.opened(InputMode.SINGLE, 10.0, addressed=False, seconds=0.1)

    assert window.starts(10.0)
    assert window.takes(10.05)
    assert not window.takes(10.1)


def test_several_people_have_two_seconds_from_the_first_word() -> None:
    window = InputWindow.opened(InputMode.MULTI, 10.0, addressed=False, seconds=2.0)
    more = window.with_more(11.5, addressed=False)

    assert not more.starts(11.9)
    assert more.starts(12.0)
    assert more.patience(11.5) == 0.5


def test_who_is_addressed_begins_at_once_and_still_takes_more() -> None:
    window = InputWindow.opened(InputMode.MULTI, 10.0, addressed=False, seconds=2.0)
    called = window.with_more(10.5, addressed=True)

    assert called.starts(10.5)
    assert called.takes(11.9)
    assert called.patience(10.5) == 1.5


def test_the_mode_follows_who_is_in() -> None:
    alone, pair = conversation_of(ANNA, LUKA), conversation_of(ANNA, BORIS, LUKA)
    two_agents = conversation_of(ANNA, LUKA, CRITIC)

    assert alone.input_mode is InputMode.SINGLE
    assert pair.input_mode is InputMode.MULTI
    assert two_agents.input_mode is InputMode.MULTI
    assert (InputMode.SINGLE.seconds, InputMode.MULTI.seconds) == (0.1, 2.0)
