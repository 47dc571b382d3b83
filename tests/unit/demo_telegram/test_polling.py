"""Updates stay until an offset confirms them, and only one may ask."""

import asyncio

import pytest

from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.demo.telegram.refusal import Conflict
from luka_bot.demo.telegram.updates import UpdateQueue
from tests.unit.demo_telegram.conftest import Api
from tests.waiting import wait_until


class Hands:
    """A clock that a test moves."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def queue_of(*numbers: int, clock: Hands | None = None, slow_repeats: bool = False) -> UpdateQueue:
    queue = UpdateQueue(clock or Hands(), 1, slow_repeats=slow_repeats)
    for number in numbers:
        queue.put("message", {"n": number})
    return queue


async def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[object]:
    return [one["update_id"] for one in await queue.poll(offset, limit, 0)]


async def test_an_offset_forgets_what_is_below_it_for_good() -> None:
    queue = queue_of(1, 2, 3)
    assert await ids(queue) == [1, 2, 3]
    assert await ids(queue, 2) == [2, 3]
    assert await ids(queue, 0) == [2, 3]
    assert await ids(queue, 4) == []
    assert queue.pending == 0


async def test_a_limit_hands_out_the_oldest_first() -> None:
    assert await ids(queue_of(1, 2, 3), limit=2) == [1, 2]


async def test_a_negative_offset_keeps_that_many_from_the_end() -> None:
    queue = queue_of(1, 2, 3)
    assert await ids(queue, -1) == [3]
    assert queue.pending == 1


async def test_a_waiting_poll_gets_what_comes(telegram: LocalTelegram, anna: Person) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(telegram.world.updates.poll(0, 100, 30))
        group.create_task(anna.writes("Hi"))
    assert [one["update_id"] for one in waiting.result()] == [1000]


async def test_a_second_poller_ends_the_first_with_409() -> None:
    queue = queue_of()
    async with asyncio.TaskGroup() as group:
        older = group.create_task(refusal_of(queue))
        await wait_until(lambda: queue.is_polled)
        newer = group.create_task(queue.poll(0, 100, 30))
        words = await older
        queue.put("message", {})
    assert words == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len(newer.result()) == 1


async def refusal_of(queue: UpdateQueue) -> str:
    with pytest.raises(Conflict) as refused:
        await queue.poll(0, 100, 30)
    return refused.value.description


async def test_a_webhook_shuts_the_door_on_polling(telegram: LocalTelegram, api: Api) -> None:
    await api("setWebhook", url=f"{telegram.url}/nowhere")
    refused = await api("getUpdates")
    assert (refused.status, refused.refusal.split(";")[0]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active",
    )
    await api("deleteWebhook")
    assert (await api("getUpdates")).result == []


async def test_dropping_pending_updates_is_left_to_the_bot(api: Api, anna: Person) -> None:
    await anna.writes("Hi")
    await api("deleteWebhook")
    assert len((await api("getUpdates")).result) == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getUpdates")).result == []


async def test_unwanted_kinds_are_never_queued_and_the_wish_is_kept(api: Api, anna: Person) -> None:
    await api("getUpdates", allowed_updates=["callback_query"])
    await anna.writes("unheard")
    await api("getUpdates")
    await anna.taps_data(1, "x")
    assert [set(one) for one in (await api("getUpdates")).result] == [
        {"update_id", "callback_query"}
    ]


async def test_taps_expire_after_150_seconds_and_messages_after_a_day() -> None:
    clock = Hands()
    queue = queue_of(1, clock=clock)
    queue.put("callback_query", {})
    clock.now += 151
    assert await ids(queue) == [1]
    clock.now += 24 * 3600
    assert queue.pending == 0


async def test_an_update_over_64_kib_is_dropped() -> None:
    queue = queue_of()
    assert queue.put("message", {"text": "я" * 33_000}) is None
    assert queue.pending == 0


async def test_a_redelivered_update_comes_whatever_the_offset_says() -> None:
    queue = queue_of(1, 2)
    await queue.poll(3, 100, 0)
    queue.redeliver(1)
    assert await ids(queue, 3) == [1]
    assert await ids(queue, 3) == []
    with pytest.raises(LookupError):
        queue.redeliver(99)


async def test_what_was_not_confirmed_yet_is_redelivered_in_its_turn() -> None:
    queue = queue_of(1, 2)
    queue.redeliver(2)
    assert await ids(queue, 1) == [1, 2]


async def test_injected_garbage_comes_as_it_is() -> None:
    queue = queue_of()
    queue.inject({"update_id": "seven", "message": None})
    queue.inject({"what": []})
    queue.inject({"update_id": 500})
    queue.put("message", {})
    batch = await queue.poll(0, 100, 0)
    assert batch[0] == {"update_id": "seven", "message": None}
    assert [one["update_id"] for one in batch[1:]] == [1, 500, 501]


async def test_asking_the_same_again_at_once_brings_one() -> None:
    clock = Hands()
    queue = queue_of(1, 2, clock=clock, slow_repeats=True)
    assert await ids(queue) == [1, 2]
    assert await ids(queue) == [1]
    clock.now += 1
    assert await ids(queue) == [1, 2]
