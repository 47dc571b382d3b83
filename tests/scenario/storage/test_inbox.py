"""Updates are stored once, in order, until they are dealt with."""

import asyncio

import pytest
from redis.asyncio import Redis

from luka_bot.models.errors import InboxFull, StorageOfAnotherBot
from luka_bot.models.ids import UpdateId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox import Inbox, Raw
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.storage.replicas import Membership
from luka_bot.storage.scripts import DEAD_ITEMS
from tests.inboxes import bring, numbers, waiting
from tests.redis_fixtures import START, HandClock


def update(number: int, text: str = "hi") -> Raw:
    return {"update_id": number, "message": {"text": text, "odd": [], "none": None, "big": 2**60}}


async def test_too_many_dead_letters_are_not_kept(
    inbox: Inbox, records: InboxRecords, redis: Redis
) -> None:
    """As many as one chat can make them, with what nobody can decode."""
    async with redis.pipeline() as pipe:
        for number in range(DEAD_ITEMS):
            pipe.xadd(keys.INBOX_DEAD, {"payload": "{}", "reason": f"{number}", "at": "1"})
        await pipe.execute()
    await bring(inbox, {"update_id": 1})
    (entry,) = await waiting(inbox)

    await inbox.bury(entry.entry_id, entry.raw, "the newest")

    assert await redis.xlen(keys.INBOX_DEAD) == DEAD_ITEMS
    assert (await records.dead(1))[0].reason == "the newest"


async def test_updates_come_back_in_order_and_unchanged(inbox: Inbox) -> None:
    sent = [update(number, "é\ud83d\u0000 " * number) for number in (7, 3, 250)]
    assert await bring(inbox, *sent) == 3
    assert [entry.raw for entry in await waiting(inbox)] == sent


async def test_a_long_backlog_is_whole(inbox: Inbox) -> None:
    for start in range(0, 300, 100):
        await bring(inbox, *[update(number) for number in range(start, start + 100)])
    assert await numbers(inbox) == list(range(300))


async def test_an_update_is_stored_once_however_often_it_comes(inbox: Inbox) -> None:
    new = await asyncio.gather(*(bring(inbox, update(1), update(2)) for _ in range(10)))
    assert sum(new) == 2
    assert await numbers(inbox) == [1, 2]


async def test_an_update_that_comes_twice_in_a_batch_is_stored_once(inbox: Inbox) -> None:
    assert await bring(inbox, update(1), update(1)) == 1


async def test_an_update_that_was_dealt_with_isnt_taken_again(inbox: Inbox, redis: Redis) -> None:
    await bring(inbox, update(1))
    await inbox.ack((await waiting(inbox))[0].entry_id)
    assert await bring(inbox, update(1), update(2)) == 1
    assert await numbers(inbox) == [2]
    assert 48 * 3600 - 60 < await redis.ttl("inbox:seen:1") <= 48 * 3600


async def test_a_very_large_update_is_kept(inbox: Inbox) -> None:
    await bring(inbox, update(1, "x" * 300_000))
    assert (await waiting(inbox))[0].raw == update(1, "x" * 300_000)


async def test_reading_waits_for_what_comes(inbox: Inbox) -> None:
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(inbox.read())
        await bring(inbox, update(1))
    assert [entry.raw["update_id"] for entry in reading.result()] == [1]


async def test_a_full_inbox_takes_nothing_until_there_is_room(
    storage: Storage, membership: Membership, clock: HandClock
) -> None:
    small = Inbox(storage, membership, clock, limit=2)
    await bring(small, update(1), update(2))
    with pytest.raises(InboxFull):
        await bring(small, update(3))
    assert await bring(small, update(1)) == 0, "what we have may come again"
    await small.ack((await waiting(small))[0].entry_id)
    await bring(small, update(3))
    assert await numbers(small) == [2, 3]


async def test_tries_are_counted_until_it_is_dealt_with(inbox: Inbox, redis: Redis) -> None:
    await bring(inbox, update(1))
    for before in (0, 1, 2, 2):
        await inbox.count_tries(UpdateId(1), before + 1)
    assert await inbox.tries() == {1: 3}
    await inbox.ack((await waiting(inbox))[0].entry_id)
    assert not await redis.exists("inbox:tries")


async def test_a_buried_update_stands_among_the_dead_with_its_reason(
    inbox: Inbox, records: InboxRecords, clock: HandClock
) -> None:
    await bring(inbox, update(1), update(2))
    await inbox.count_tries(UpdateId(1), 1)
    await inbox.bury((await waiting(inbox))[0].entry_id, update(1), "unreadable: no text")
    await inbox.bury("1-1", update(3), "taken over by another replica")
    assert await numbers(inbox) == [2]
    (letter,) = await records.dead()
    assert (await records.state()).died == letter.entry_id
    assert (letter.raw, letter.reason, letter.at) == (update(1), "unreadable: no text", clock.now)


async def test_the_dead_are_forgotten_after_fourteen_days(
    inbox: Inbox, records: InboxRecords, clock: HandClock, redis: Redis
) -> None:
    now = float((await redis.time())[0])
    fourteen_days = 14 * 24 * 3600
    for number, age in ((1, fourteen_days + 60), (2, fourteen_days - 60)):
        when = int((now - age) * 1000)
        await redis.xadd("inbox:dead", {"payload": "{}", "reason": f"r{number}", "at": "0"}, when)
    clock.now = now
    await bring(inbox, update(3))
    await inbox.bury((await waiting(inbox))[0].entry_id, update(3), "r3")
    assert [letter.reason for letter in await records.dead()] == ["r3", "r2"]
    assert fourteen_days - 60 < await redis.ttl("inbox:dead") <= fourteen_days


async def test_how_many_wait_and_how_long(
    inbox: Inbox, records: InboxRecords, clock: HandClock
) -> None:
    state = await records.state()
    assert (state.depth, state.oldest, state.dead, state.replicas) == (0, 0.0, 0, 1)
    await bring(inbox, update(1))
    clock.forward(30)
    await bring(inbox, update(2))
    state = await records.state()
    assert (state.depth, state.oldest) == (2, 30.0)


async def test_a_poll_is_remembered_for_two_minutes(records: InboxRecords, redis: Redis) -> None:
    assert await records.last_polled() is None
    await records.polled()
    assert await records.last_polled() == START
    assert 100 < await redis.ttl("poll:seen") <= 120


async def test_an_inbox_has_one_bot_for_good(records: InboxRecords, redis: Redis) -> None:
    for _ in range(2):
        await records.claim(123)
    with pytest.raises(StorageOfAnotherBot, match="belongs to bot 123; give each bot its own"):
        await records.claim(456)
    assert await redis.get("inbox:bot") == "123"


async def test_of_two_bots_that_come_at_once_one_is_refused(records: InboxRecords) -> None:
    claims = await asyncio.gather(*(records.claim(bot) for bot in (1, 2)), return_exceptions=True)
    assert sorted(type(claim).__name__ for claim in claims) == ["NoneType", "StorageOfAnotherBot"]
