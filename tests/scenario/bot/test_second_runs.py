"""The same update a second time, as after a crash right before its end: nobody notices."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Fault, Person
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, newest
from tests.waiting import wait_until_found


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[Redis]:
    binary = bundled_binary()
    assert binary is not None
    async with (
        embedded_server(binary, tmp_path / "redis") as socket,
        Redis(unix_socket_path=str(socket), decode_responses=True) as redis,
    ):
        yield redis


@pytest.fixture
async def luka(redis: Redis, tmp_path: Path) -> AsyncIterator[Luka]:
    socket = redis.connection_pool.connection_kwargs["path"]
    async with running_luka(tmp_path / "luka", redis_url=f"unix://{socket}") as luka:
        yield luka


@pytest.fixture
def anna(luka: Luka) -> Person:
    return luka.telegram.person(7, "Anna")


async def once_more(luka: Luka, redis: Redis) -> None:
    """Deliver the newest update again, as if it had never been done; until it is."""
    await _done(redis)
    async for seen in redis.scan_iter("inbox:seen:*"):
        await redis.delete(seen)
    luka.telegram.redeliver()
    await luka.telegram.wait_for(lambda: luka.telegram.pending_updates == 0)
    await _done(redis)


async def _done(redis: Redis) -> None:
    async def empty() -> bool:
        streams = [key async for key in redis.scan_iter("inbox:of:*")]
        return not any([await redis.xlen(stream) for stream in streams])

    await wait_until_found(empty)


def spoken(luka: Luka) -> int:
    return len(luka.telegram.calls_of("sendMessage", "editMessageText"))


async def test_an_answer_that_stands_is_left_alone(luka: Luka, anna: Person, redis: Redis) -> None:
    await ask(luka, anna, "Hi!")
    await _done(redis)
    before = spoken(luka)

    await once_more(luka, redis)

    assert spoken(luka) == before
    assert len(luka.model.requests) == 1


async def test_an_answer_written_anew_is_not_written_a_third_time(
    luka: Luka, anna: Person, redis: Redis
) -> None:
    await ask(luka, anna, "Name a colour", answer="Red.")
    luka.model.reply_with("Blue.", "Green.")
    await anna.taps("🔄 Regenerate")
    await luka.telegram.wait_for(lambda: newest(luka, 7).text == "Blue.")
    await _done(redis)

    await once_more(luka, redis)

    assert luka.telegram.said(7) == ["Blue."]
    assert len(luka.model.requests) == 2


@pytest.mark.parametrize("command", ["/help", "/start", "/new Work", "/chats", "/nonsense"])
async def test_a_reply_that_stands_is_not_said_again(
    luka: Luka, anna: Person, redis: Redis, command: str
) -> None:
    await anna.writes(command)
    await luka.telegram.wait_for(lambda: luka.telegram.said(7))

    await once_more(luka, redis)

    assert len(luka.telegram.said(7)) == 1


async def test_a_failure_that_was_told_is_not_told_again(
    luka: Luka, anna: Person, redis: Redis
) -> None:
    luka.model.reply_with(Reply(status=500))
    await anna.writes("Hi!")
    await luka.telegram.wait_for(lambda: newest(luka, 7).buttons == ["🔁 Retry"])
    await _done(redis)
    before = spoken(luka)

    await once_more(luka, redis)

    assert spoken(luka) == before
    assert len(luka.model.requests) == 1


async def test_a_reply_refused_for_a_moment_is_marked_only_while_it_is_on_its_way(
    luka: Luka, anna: Person, redis: Redis
) -> None:
    luka.telegram.faults.add("sendMessage", Fault.server_error(), times=2)

    await anna.writes("/help")

    await luka.telegram.wait_for(lambda: luka.telegram.said(7))
    await _done(redis)
    (known,) = [key async for key in redis.scan_iter("replies:*")]
    assert list(await redis.hgetall(known)) == ["sent:0"]
