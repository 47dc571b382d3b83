"""luka hears how far we are every 20 messages, or after 5 seconds."""

from luka_bot.client.acks import Acks
from tests.redis_fixtures import HandClock


def test_the_twentieth_message_is_acknowledged(clock: HandClock) -> None:
    acks = Acks(clock)
    for number in range(1, 20):
        acks.took(number)
    assert acks.due() is None

    acks.took(20)

    assert acks.due() == 20
    acks.told()
    assert acks.due() is None


def test_a_single_message_is_acknowledged_after_five_seconds(clock: HandClock) -> None:
    acks = Acks(clock)
    acks.took(7)
    clock.forward(4.9)
    assert acks.due() is None

    clock.forward(0.1)

    assert acks.due() == 7


def test_what_is_left_is_acknowledged_before_we_go(clock: HandClock) -> None:
    acks = Acks(clock)
    assert acks.rest() is None

    acks.took(3)

    assert acks.rest() == 3
