"""What a group owns when it gets another number."""

import pytest

from luka_bot.models.ids import ChatId, UserId
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.client import Storage
from luka_bot.storage.moved_chats import MovedChats

OLD, NEW = UserId(-300), UserId(-1000000000300)


@pytest.fixture
def moved(storage: Storage) -> MovedChats:
    return MovedChats(storage)


async def moves(moved: MovedChats) -> bool:
    return await moved.move(ChatId(OLD), ChatId(NEW))


async def test_threads_go_with_the_group_and_the_active_one_stays_active(
    moved: MovedChats, threads: ThreadService
) -> None:
    first = await threads.create_thread(OLD)
    second = await threads.create_thread(OLD)
    await threads.set_active_thread(OLD, first.thread_id)

    assert [await moves(moved), await moves(moved)] == [True, False]

    page = await threads.list_threads(NEW)
    assert {one.thread_id for one in page.threads} == {first.thread_id, second.thread_id}
    assert {one.user_id for one in page.threads} == {NEW}
    assert page.active_id == first.thread_id
    assert await moved.now(ChatId(OLD)) == ChatId(NEW)


async def test_what_was_asked_before_the_move_still_finds_its_thread(
    moved: MovedChats, threads: ThreadService
) -> None:
    thread = await threads.create_thread(OLD)
    await moves(moved)
    assert (await threads.get_thread(OLD, thread.thread_id)).user_id == NEW


async def test_of_two_active_threads_one_stays(moved: MovedChats, threads: ThreadService) -> None:
    await threads.create_thread(OLD)
    newest = await threads.create_thread(NEW)
    await moves(moved)
    page = await threads.list_threads(NEW)
    assert [one.thread_id for one in page.threads if one.is_active] == [newest.thread_id]


@pytest.mark.parametrize("by", [OLD, NEW], ids=["by the old number", "by the new one"])
async def test_what_was_deleted_before_the_move_comes_back_after_it(
    moved: MovedChats, threads: ThreadService, by: UserId
) -> None:
    thread = await threads.create_thread(OLD)
    await threads.delete_thread(OLD, thread.thread_id)
    await moves(moved)

    restored = await threads.restore_thread(by, thread.thread_id)

    assert restored.user_id == NEW
    assert (await threads.list_threads(NEW)).active_id == thread.thread_id
