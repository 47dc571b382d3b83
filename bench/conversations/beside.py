"""luka and the bare experiment in turn, on the same machine and the same store.

The store writes to disk each second here, as it did when the reference was measured.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from redis.asyncio import Redis

from bench.conversations.figures import Row
from bench.conversations.people import Human, signed_in
from bench.conversations.replicas import replica
from bench.conversations.sizes import Sizes
from bench.conversations.stage import Stage
from bench.conversations.ways import ways
from chaos.ports import free_port

BARE = "bench.conversations.bare"
GROUP = "say to heard by everybody, Redis writing to disk each second"


@asynccontextmanager
async def each_second(socket: Path) -> AsyncIterator[None]:
    """The store confirms before it is on disk."""
    async with Redis(unix_socket_path=str(socket)) as redis:
        await redis.config_set("appendfsync", "everysec")
        yield
        await redis.config_set("appendfsync", "always")


async def beside(
    stage: Stage, people: Sequence[Human], sizes: Sizes, folder: Path
) -> AsyncIterator[Row]:
    async with (
        each_second(stage.socket),
        _bare(folder, stage.socket) as urls,
        signed_in(urls, max(sizes.participants)) as others,
    ):
        await ways(others[:2], sizes.messages // 2)
        for count in sizes.participants:
            _, bare = await ways(others[:count], sizes.messages)
            _, ours = await ways(people[:count], sizes.messages)
            for row in _compared(bare, ours):
                yield row


@asynccontextmanager
async def _bare(folder: Path, socket: Path, replicas: int = 2) -> AsyncIterator[list[str]]:
    async with AsyncExitStack() as stack:
        urls = []
        for number in range(1, replicas + 1):
            port = free_port()
            arguments = (BARE, str(port), str(socket))
            opening = replica(folder / f"bare-{number}", port, arguments, {})
            urls.append((await stack.enter_async_context(opening)).url)
        yield urls


def _compared(bare: Row, ours: Row) -> list[Row]:
    """The reference is what the bare experiment took once, elsewhere."""
    worse = (ours.p50 / bare.p50, (ours.p95 or 0.0) / (bare.p95 or 1.0))
    return [
        replace(bare, group=GROUP, name=f"{bare.name}, bare", limit=None),
        replace(ours, group=GROUP, name=f"{ours.name}, luka", reference=""),
        Row(GROUP, f"{ours.name}, luka / bare", *worse, unit=""),
    ]
