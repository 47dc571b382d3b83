"""A talk goes on over broken connections, and ends where it has to."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from chaos.ports import free_port
from luka_bot.client import (
    ChatClient,
    ConnectionLost,
    Forbidden,
    Message,
    Position,
    QueueFull,
    Removed,
    Reset,
    Talk,
    Times,
)
from tests.unit.client.door import Door, Socket, message, opened, welcome


class Waits:
    """Sleeps that take no time, and remember how long they would have been."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.times = Times(sleep=self._sleep, chance=lambda: 0.5)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def stay(socket: Socket) -> None:
    await socket.send_json(welcome())
    async for _ in socket:
        pass


@asynccontextmanager
async def talking(
    door: Door, times: Times | None = None, since: Position | None = None
) -> AsyncIterator[Talk]:
    async with (
        opened(door),
        ChatClient.open(door.url, "t", times=times) as luka,
        luka.conversation("c1", since) as talk,
    ):
        yield talk


async def take_numbers(talk: Talk, count: int) -> list[int]:
    taken: list[int] = []
    async for event in talk:
        taken += [event.sequence_id] if isinstance(event, Message) else []
        if len(taken) == count:
            break
    return taken


async def test_a_cut_loses_and_repeats_nothing() -> None:
    async def first(socket: Socket) -> None:
        await socket.send_json(welcome())
        await socket.send_json(message(1))
        await socket.send_json(message(2))

    async def second(socket: Socket) -> None:
        await socket.send_json(welcome(current=3))
        missed = [message(2), message(3)]
        await socket.send_json({"type": "sync", "messages": missed, "current_sequence_id": 3})
        await door.hears(socket)

    door, waits = Door(first, second), Waits()
    async with talking(door, waits.times) as talk:
        assert await take_numbers(talk, 3) == [1, 2, 3]
        assert talk.position == Position(3, "k3f9")

    assert dict(door.connections[1].query) == {"last_seq": "2", "epoch": "k3f9"}
    assert waits.slept[:2] == [0, 1]


async def test_what_was_not_acknowledged_is_said_again_with_the_same_id() -> None:
    async def deaf(socket: Socket) -> None:
        await socket.send_json(welcome())
        await door.hears(socket)

    async def hearing(socket: Socket) -> None:
        await socket.send_json(welcome())
        said = await door.hears(socket)
        ack = {"type": "ack", "message_id": said["message_id"], "sequence_id": 9, "duplicate": True}
        await socket.send_json(ack)
        await socket.receive()

    door, waits = Door(deaf, hearing), Waits()
    async with talking(door, waits.times) as talk:
        sent = await talk.send("Hello", reply_to=4)

    first, again = door.heard
    assert first == again
    assert (first["content"], first["reply_to"]) == ("Hello", 4)
    assert (sent.message_id, sent.sequence_id, sent.duplicate) == (first["message_id"], 9, True)


async def full_at_first(door: Door, socket: Socket) -> None:
    await socket.send_json(welcome())
    said = await door.hears(socket)
    refusal = {"type": "error", "code": "QUEUE_FULL", "status": 429, "retry_after": 5}
    await socket.send_json({**refusal, "message_id": said["message_id"]})
    said = await door.hears(socket)
    await socket.send_json({"type": "ack", "message_id": said["message_id"], "sequence_id": 2})
    await socket.receive()


async def test_a_full_queue_is_waited_for_as_long_as_it_wants() -> None:
    door, waits = Door(lambda socket: full_at_first(door, socket)), Waits()
    async with talking(door, waits.times) as talk:
        sent = await talk.send("Hello")

    assert sent.sequence_id == 2
    assert 5 in waits.slept
    assert door.heard[0] == door.heard[1]


async def test_who_has_no_patience_is_told_of_a_full_queue() -> None:
    door = Door(lambda socket: full_at_first(door, socket))
    async with talking(door) as talk:
        with pytest.raises(QueueFull) as full:
            await talk.send("Hello", is_patient=False)

    assert full.value.retry_after == 5


async def test_where_nobody_answers_it_tries_ten_times_and_no_more() -> None:
    waits = Waits()
    async with ChatClient.open(f"http://127.0.0.1:{free_port()}", "t", times=waits.times) as luka:
        with pytest.raises(ConnectionLost) as lost:
            async with luka.conversation("c1"):
                pytest.fail("nobody is there")

    assert lost.value.tries == 10
    assert waits.slept == [0, 1, 2, 4, 8, 16, 30, 30, 30, 30]


async def test_who_was_removed_does_not_come_back() -> None:
    async def remove(socket: Socket) -> None:
        await socket.send_json(welcome())
        await socket.close(code=4403)

    door = Door(remove)
    async with talking(door) as talk:
        with pytest.raises(Removed):
            await talk.send("Hello")
        with pytest.raises(Removed):
            await take_numbers(talk, 1)

    assert len(door.connections) == 1


async def test_a_refused_handshake_is_an_error_at_once() -> None:
    async def refuse(_: web.Request) -> web.Response:
        return web.Response(status=403)

    door = Door(stay)
    async with (
        opened(door, web.get("/other/chat/ws/{id}", refuse)),
        ChatClient.open(f"{door.url}/other", "t") as luka,
    ):
        with pytest.raises(Forbidden):
            async with luka.conversation("c1"):
                pytest.fail("it isn't ours")


async def test_another_epoch_is_told_and_heard_from_its_beginning() -> None:
    async def other(socket: Socket) -> None:
        await socket.send_json(welcome(current=1, epoch="new"))
        fresh = {"messages": [message(1)], "current_sequence_id": 1, "reset": True}
        await socket.send_json({"type": "sync", **fresh})
        await door.hears(socket)

    door = Door(other)
    async with talking(door, since=Position(70, "old")) as talk:
        first, second = [await anext(talk) for _ in range(2)]

    assert isinstance(first, Reset)
    assert isinstance(second, Message)
    assert door.heard == [{"type": "ack", "sequence_id": 1}]  # before it went


async def test_who_leaves_is_not_told_that_the_connection_broke() -> None:
    async def let_go(socket: Socket) -> None:
        await socket.send_json(welcome())
        await door.hears(socket)
        await socket.close(code=4403)

    door = Door(let_go)
    async with talking(door) as talk:
        await talk.leave()
        assert [event async for event in talk] == []

    assert door.heard == [{"type": "leave"}]


async def test_the_token_goes_as_a_browser_says_it_if_that_is_wanted() -> None:
    door = Door(stay)
    async with (
        opened(door),
        ChatClient.open(door.url, "v1.7.x", auth="subprotocol") as luka,
        luka.conversation("c1") as talk,
    ):
        assert talk.me == "tg:7"

    headers = door.connections[0].headers
    encoded = base64.urlsafe_b64encode(b"v1.7.x").decode().rstrip("=")
    assert headers["Sec-WebSocket-Protocol"] == f"luka.chat.v1,luka.auth.{encoded}"
    assert "Authorization" not in headers


async def test_an_error_inside_the_talk_comes_out_as_it_is() -> None:
    door = Door(stay)
    async with opened(door), ChatClient.open(door.url, "t") as luka:
        with pytest.raises(KeyError):
            async with luka.conversation("c1"):
                raise KeyError
