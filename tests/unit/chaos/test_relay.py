"""A wire that holds up, cuts, and hangs up where nobody is behind it."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import closing, suppress

import pytest

from chaos.ports import free_port
from chaos.relay import HOST, Relay, relay


@pytest.fixture
async def echo() -> AsyncIterator[int]:
    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        with closing(writer), suppress(ConnectionError):
            while line := await reader.readline():
                writer.write(line)

    server = await asyncio.start_server(answer, HOST, 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


async def connected(wire: Relay) -> tuple[StreamReader, StreamWriter]:
    return await asyncio.open_connection(HOST, wire.port)


async def test_what_is_held_up_comes_when_the_wire_is_free_again(echo: int) -> None:
    async with relay(echo) as wire:
        reader, writer = await connected(wire)
        wire.pause()
        writer.write(b"hello\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.readline(), 0.05)

        wire.resume()

        assert await asyncio.wait_for(reader.readline(), 5) == b"hello\n"
        writer.close()


async def test_a_cut_breaks_what_stands_and_lets_new_ones_in(echo: int) -> None:
    async with relay(echo) as wire:
        reader, writer = await connected(wire)
        writer.write(b"one\n")
        await reader.readline()

        wire.cut()

        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), 5)
        again, second = await connected(wire)
        second.write(b"two\n")
        assert await asyncio.wait_for(again.readline(), 5) == b"two\n"
        writer.close()
        second.close()


async def test_where_nobody_listens_it_hangs_up() -> None:
    async with relay(free_port()) as wire:
        reader, writer = await connected(wire)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), 5)
        writer.close()
