"""What a replica that was taken for dead still says, when it comes too late, changes nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from redis.asyncio import Redis

from luka_bot.models.errors import ReplicaLost
from luka_bot.models.ids import ThreadId, TurnId
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage import keys
from luka_bot.storage.client import StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.replicas import Membership
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.redis_fixtures import HandClock
from tests.scenario.storage.talk import ANN, done, question, said

TURN = TurnId("t1")

Deed = Callable[[ThreadService, ThreadId], Awaitable[object]]


@pytest_asyncio.fixture
async def sleeper(
    redis_socket: Path, redis: Redis, clock: HandClock, membership: Membership
) -> AsyncIterator[ThreadService]:
    """Of a replica whose place was taken while it slept; `threads` is of the one who has it."""
    async with connected(socket_pool(redis_socket), StorageKind.EMBEDDED) as storage:
        await (lost := Membership(storage, clock)).join()
        await redis.delete(keys.lease(f"replica:{lost.replica_id}"))
        (peer,) = await membership.renew() or ()
        assert await membership.take_over(peer) == 0
        yield ThreadService(ThreadStore(storage), TurnStore(storage), clock)


async def test_a_turn_that_another_replica_works_on_is_not_taken_away(
    threads: ThreadService, sleeper: ThreadService
) -> None:
    turn = await threads.open_turn(question("t1"))

    with pytest.raises(ReplicaLost):
        await sleeper.open_turn(question("t1"))

    assert await threads.commit_turn(turn, done("HELLO"))
    assert [one.content for one in await threads.history(ANN, turn.thread.thread_id)][-1] == "HELLO"


@pytest.mark.parametrize(
    "deed",
    [
        lambda late, thread: late.reopen_turn(ANN, thread, TURN, drop_answer=True),
        lambda late, _: late.abandon_turn(TURN),
        lambda late, thread: late.set_active_thread(ANN, thread),
        lambda late, thread: late.rename_thread(ANN, thread, "Late"),
        lambda late, thread: late.clear_history(ANN, thread),
        lambda late, thread: late.delete_thread(ANN, thread),
        lambda late, thread: late.restore_thread(ANN, thread),
        lambda late, _: late.create_thread(ANN, "Late"),
        lambda late, _: late.get_active_thread(ANN),
    ],
    ids=["reopen", "abandon", "switch", "rename", "clear", "delete", "restore", "create", "active"],
)
async def test_nothing_of_what_comes_late_takes_effect(
    threads: ThreadService, sleeper: ThreadService, redis: Redis, deed: Deed
) -> None:
    turn = await said(threads, "t1")
    await threads.create_thread(ANN, "Active by now")
    before = await _everything(redis)

    with pytest.raises(ReplicaLost):
        await deed(sleeper, turn.thread.thread_id)

    assert await _everything(redis) == before


async def _everything(redis: Redis) -> dict[str, object]:
    found: dict[str, object] = {}
    async for key in redis.scan_iter():
        found[key] = await redis.dump(key) if not key.startswith("inbox") else None
    return found
