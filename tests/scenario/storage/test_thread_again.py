"""A thread asked for twice is made once."""

import asyncio

import pytest

from luka_bot.models.errors import ThreadGone, TooManyThreads
from luka_bot.models.thread import THREADS_LIMIT
from luka_bot.services.thread_service import ThreadService
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, BOB, question, said


async def names(threads: ThreadService) -> list[str]:
    return sorted(thread.name for thread in (await threads.list_threads(ANN)).threads)


async def test_a_request_that_runs_again_makes_no_second_thread(
    threads: ThreadService, clock: HandClock
) -> None:
    await said(threads, "t1")
    first = await threads.create_thread(ANN, request="700")
    clock.forward(600)
    again = await threads.create_thread(ANN, request="700")
    assert (again.thread_id, again.name, again.is_active) == (first.thread_id, "Chat 2", True)
    named = [await threads.create_thread(ANN, "Work", request="701") for _ in range(2)]
    assert named[0] == named[1]
    assert await names(threads) == ["Chat 2", "Main Chat", "Work"]


async def test_a_request_that_runs_again_finds_its_thread_active_and_as_it_is_by_now(
    threads: ThreadService,
) -> None:
    first = await threads.create_thread(ANN, request="700")
    await threads.rename_thread(ANN, first.thread_id, "Mine")
    await threads.create_thread(ANN, "other")
    again = await threads.create_thread(ANN, request="700")
    assert (again.name, again.is_active) == ("Mine", True)
    assert (await threads.list_threads(ANN)).active_id == first.thread_id


async def test_a_request_that_runs_again_brings_nothing_back_that_was_deleted(
    threads: ThreadService,
) -> None:
    kept = await threads.create_thread(ANN, "kept")
    first = await threads.create_thread(ANN, "first", request="700")
    await threads.delete_thread(ANN, first.thread_id)
    again = await threads.create_thread(ANN, "first", request="700")
    assert (again.thread_id, again.is_active) == (first.thread_id, False)
    assert await names(threads) == ["kept"]
    assert (await threads.get_active_thread(ANN)).thread_id == kept.thread_id


async def test_a_request_that_runs_again_is_not_one_thread_too_many(threads: ThreadService) -> None:
    for number in range(THREADS_LIMIT):
        await threads.create_thread(ANN, f"n{number}", request=str(number))
    assert (await threads.create_thread(ANN, "n7", request="7")).name == "n7"
    with pytest.raises(TooManyThreads):
        await threads.create_thread(ANN, "n7", request="one more")


async def test_requests_of_two_people_are_two(threads: ThreadService) -> None:
    ours, theirs = [await threads.create_thread(user, "x", request="7") for user in (ANN, BOB)]
    assert ours.thread_id != theirs.thread_id
    assert (ours.user_id, theirs.user_id) == (ANN, BOB)


async def test_a_double_tap_makes_one_thread(threads: ThreadService, clock: HandClock) -> None:
    await said(threads, "t1")
    first = await threads.create_thread(ANN, request="700")
    clock.forward(2.5)
    second = await threads.create_thread(ANN, request="701")
    assert second == first
    clock.forward(1)
    third = await threads.create_thread(ANN, request="702")
    assert (third.name, await names(threads)) == ("Chat 3", ["Chat 2", "Chat 3", "Main Chat"])


async def test_taps_that_come_at_once_make_one_thread(threads: ThreadService) -> None:
    taps = (threads.create_thread(ANN, request=str(number)) for number in range(10))
    made = await asyncio.gather(*taps)
    assert {thread.thread_id for thread in made} == {made[0].thread_id}


async def test_a_thread_that_was_used_or_named_meanwhile_is_no_double_taps(
    threads: ThreadService,
) -> None:
    used = await threads.create_thread(ANN)
    await threads.open_turn(question("t1"))
    renamed = await threads.create_thread(ANN)
    await threads.rename_thread(ANN, renamed.thread_id, "Mine")
    last = await threads.create_thread(ANN)
    await threads.set_active_thread(ANN, used.thread_id)
    assert (await threads.create_thread(ANN)).thread_id != last.thread_id
    assert await names(threads) == ["Chat 3", "Chat 4", "Main Chat", "Mine"]


async def test_a_deletion_that_runs_again_finds_what_the_first_one_did(
    threads: ThreadService,
) -> None:
    kept = await threads.create_thread(ANN, "Kept")
    gone = await threads.create_thread(ANN, "Gone")
    first = await threads.delete_thread(ANN, gone.thread_id)

    again = await threads.delete_thread(ANN, gone.thread_id)

    assert (again.thread.thread_id, again.active) == (gone.thread_id, first.active)
    assert again.active is not None
    assert again.active.thread_id == kept.thread_id
    with pytest.raises(ThreadGone):
        await threads.delete_thread(BOB, gone.thread_id)


async def test_a_switch_that_runs_again_is_none_to_where_one_is_already(
    threads: ThreadService,
) -> None:
    first = await threads.create_thread(ANN, "First")
    await threads.create_thread(ANN, "Second")

    for _ in range(2):
        assert not (await threads.switch_thread(ANN, first.thread_id, "tap 1")).was_active
    assert (await threads.switch_thread(ANN, first.thread_id, "tap 2")).was_active


async def test_names_that_are_asked_for_are_all_made(threads: ThreadService) -> None:
    await threads.get_active_thread(ANN)  # a person who looks at the list has one
    for name in ("Work", "Work", None):
        await threads.create_thread(ANN, name)
    assert await names(threads) == ["Chat 4", "Main Chat", "Work", "Work"]
