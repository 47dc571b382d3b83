"""Updates are stored once, in order, until they are dealt with."""

import asyncio

import pytest
from redis.asyncio import Redis

from luka_bot.models.errors import StorageOfAnotherBot
from luka_bot.storage.inbox import Inbox, Raw
from tests.redis_fixtures import START, HandClock


def update(number: int, text: str = "hi") -> Raw:
    return {"update_id": number, "message": {"text": text, "odd": [], "none": None, "big": 2**60}}


async def test_updates_come_back_in_order_and_unchanged(inbox: Inbox) -> None:
    sent = [update(number, "é\ud83d\u0000 " * number) for number in (7, 3, 250)]
    entries = await inbox.append(sent)
    assert await inbox.backlog() == list(zip(entries, sent, strict=True))


async def test_a_long_backlog_is_whole(inbox: Inbox) -> None:
    for start in range(0, 300, 100):
        await inbox.append([update(number) for number in range(start, start + 100)])
    assert [raw["update_id"] for _, raw in await inbox.backlog()] == list(range(300))


async def test_an_update_is_stored_once_however_often_it_comes(inbox: Inbox) -> None:
    batches = await asyncio.gather(*(inbox.append([update(1), update(2)]) for _ in range(10)))
    assert await inbox.depth() == 2
    assert all(batch == batches[0] for batch in batches)


async def test_an_update_that_was_dealt_with_isnt_taken_again(inbox: Inbox, redis: Redis) -> None:
    first = (await inbox.append([update(1)]))[0]
    assert first is not None
    await inbox.ack(first)
    again = await inbox.append([update(1), update(2)])
    assert again[0] is None
    assert again[1] is not None
    assert 48 * 3600 - 60 < await redis.ttl("inbox:seen:1") <= 48 * 3600


async def test_a_very_large_update_is_kept(inbox: Inbox) -> None:
    await inbox.append([update(1, "x" * 300_000)])
    assert (await inbox.backlog())[0][1] == update(1, "x" * 300_000)


async def test_tries_are_counted_until_it_is_dealt_with(inbox: Inbox, redis: Redis) -> None:
    entry = (await inbox.append([update(1)]))[0]
    assert entry is not None
    assert [await inbox.count_try(entry) for _ in range(3)] == [1, 2, 3]
    await inbox.ack(entry)
    assert not await redis.exists("inbox:tries")


async def test_a_buried_update_stands_among_the_dead_with_its_reason(
    inbox: Inbox, clock: HandClock
) -> None:
    entries = await inbox.append([update(1), update(2)])
    await inbox.count_try(entries[0] or "")
    await inbox.bury(entries[0] or "", update(1), "unreadable: no text")
    assert [raw["update_id"] for _, raw in await inbox.backlog()] == [2]
    letter = (await inbox.dead())[0]
    assert (letter.raw, letter.reason, letter.at) == (update(1), "unreadable: no text", clock.now)


async def test_the_dead_are_forgotten_after_fourteen_days(
    inbox: Inbox, clock: HandClock, redis: Redis
) -> None:
    now = float((await redis.time())[0])
    fourteen_days = 14 * 24 * 3600
    for number, age in ((1, fourteen_days + 60), (2, fourteen_days - 60)):
        when = int((now - age) * 1000)
        await redis.xadd("inbox:dead", {"payload": "{}", "reason": f"r{number}", "at": "0"}, when)
    clock.now = now
    await inbox.bury("1-1", update(3), "r3")
    assert [letter.reason for letter in await inbox.dead()] == ["r3", "r2"]
    assert fourteen_days - 60 < await redis.ttl("inbox:dead") <= fourteen_days


async def test_how_many_wait_and_how_long(inbox: Inbox, clock: HandClock) -> None:
    assert (await inbox.depth(), await inbox.oldest_age()) == (0, 0.0)
    await inbox.append([update(1)])
    clock.forward(30)
    await inbox.append([update(2)])
    assert (await inbox.depth(), await inbox.oldest_age()) == (2, 30.0)


async def test_a_poll_is_remembered_for_two_minutes(inbox: Inbox, redis: Redis) -> None:
    assert await inbox.last_polled() is None
    await inbox.polled(START + 0.25)
    assert await inbox.last_polled() == START + 0.25
    assert 100 < await redis.ttl("poll:seen") <= 120


async def test_an_inbox_has_one_bot_for_good(inbox: Inbox, redis: Redis) -> None:
    for _ in range(2):
        await inbox.claim(123)
    with pytest.raises(StorageOfAnotherBot, match="belongs to bot 123; give each bot its own"):
        await inbox.claim(456)
    assert await redis.get("inbox:bot") == "123"


async def test_of_two_bots_that_come_at_once_one_is_refused(inbox: Inbox) -> None:
    claims = await asyncio.gather(*(inbox.claim(bot) for bot in (1, 2)), return_exceptions=True)
    assert sorted(type(claim).__name__ for claim in claims) == ["NoneType", "StorageOfAnotherBot"]
