"""Too many messages are refused, with the seconds to wait."""

import pytest

from luka_bot.demo.telegram import Limits, LocalTelegram, Rate
from luka_bot.demo.telegram.flood import Flood
from luka_bot.demo.telegram.refusal import TooMany


class Hands:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def wait_of(flood: Flood, chat: int = 7) -> object:
    with pytest.raises(TooMany) as refused:
        flood.send(chat)
    return (refused.value.parameters or {})["retry_after"]


def test_a_burst_passes_then_one_a_second() -> None:
    clock = Hands()
    flood = Flood(Limits(), clock)
    for _ in range(20):
        flood.send(7)
    assert wait_of(flood) == 1
    clock.now += 1
    flood.send(7)
    assert wait_of(flood) == 1


def test_a_group_has_twenty_a_minute() -> None:
    clock = Hands()
    flood = Flood(Limits(), clock)
    for _ in range(20):
        flood.send(-100)
    assert wait_of(flood, -100) == 3
    flood.send(7)


def test_calls_during_the_wait_do_not_lengthen_it() -> None:
    clock = Hands()
    flood = Flood(Limits(private=Rate(1, 0.1)), clock)
    flood.send(7)
    assert wait_of(flood) == 10
    clock.now += 5
    assert [wait_of(flood), wait_of(flood)] == [5, 5]
    clock.now += 5
    flood.send(7)


def test_all_chats_share_what_the_bot_may_send() -> None:
    clock = Hands()
    flood = Flood(Limits(), clock)
    for chat in range(1, 61):
        flood.send(chat)
    assert wait_of(flood, 61) == 1


def test_drafts_and_chat_actions_share_twenty_in_five_seconds() -> None:
    clock = Hands()
    flood = Flood(Limits(), clock)
    for _ in range(20):
        flood.draft(7)
    with pytest.raises(TooMany):
        flood.draft(7)
    clock.now += 5
    flood.draft(7)


def test_no_limits_are_no_limits() -> None:
    flood = Flood(Limits.none(), Hands())
    for _ in range(500):
        flood.send(7)
        flood.draft(7)


async def test_the_wait_is_told_as_telegram_tells_it() -> None:
    limits = Limits(private=Rate(1, 0.1))
    async with LocalTelegram.open(limits=limits) as telegram:
        telegram.person(7, "Anna")
        telegram.world.flood.send(7)
        with pytest.raises(TooMany) as refused:
            telegram.world.flood.send(7)
    assert refused.value.description == "Too Many Requests: retry after 10"
