"""The waits between tries to connect, on a clock of the test's own."""

import pytest

from luka_bot.client import ConnectionLost
from luka_bot.client.backoff import Backoff


def in_the_middle() -> float:
    return 0.5


def test_waits_double_up_to_half_a_minute() -> None:
    backoff = Backoff(10, in_the_middle)
    assert backoff.next() == 0  # the first connection of all

    assert [backoff.next() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize(("chance", "first"), [(0.0, 0.8), (1.0, 1.2)])
def test_jitter_is_a_fifth_at_most(chance: float, first: float) -> None:
    backoff = Backoff(10, lambda: chance)
    backoff.next()

    assert backoff.next() == pytest.approx(first)


def test_after_so_many_tries_the_connection_is_lost() -> None:
    backoff = Backoff(10, in_the_middle)
    for _ in range(10):
        backoff.next()

    with pytest.raises(ConnectionLost) as lost:
        backoff.next()

    assert lost.value.tries == 10


def test_a_connection_that_stood_makes_the_next_loss_a_new_one() -> None:
    backoff = Backoff(3, in_the_middle)
    waits = [backoff.next(), backoff.next(), backoff.next()]
    backoff.stood(9.9)
    with pytest.raises(ConnectionLost):
        backoff.next()
    backoff.stood(10.0)

    assert waits == [0, 1, 2]
    assert [backoff.next() for _ in range(3)] == [1, 2, 4]


def test_luka_s_wish_to_wait_longer_is_kept() -> None:
    backoff = Backoff(10, in_the_middle)
    backoff.next()

    assert backoff.next(at_least=7) == 7
    assert backoff.next(at_least=0.5) == 2
