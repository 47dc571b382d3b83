"""What is measured, and in which order."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from bench.conversations.asking import acquaint, doors
from bench.conversations.beside import beside, each_second
from bench.conversations.figures import Row
from bench.conversations.inside import contexts, inside, routing
from bench.conversations.memory import memory
from bench.conversations.mix import mixed
from bench.conversations.people import Human, signed_in
from bench.conversations.sizes import Sizes
from bench.conversations.stage import Stage, staged, store
from bench.conversations.storms import storm
from bench.conversations.ways import handshakes, joining, ways

JOINED = 100  # messages that somebody who comes later meets


async def measure(sizes: Sizes, folder: Path, tell: Callable[[str], None]) -> list[Row]:
    tell("starting two lukas")
    async with staged(folder) as stage, signed_in(stage.urls, sizes.people) as people:
        rows = [row async for row in _rows(stage, people, sizes, tell)]
        tell("beside the bare experiment")
        rows += [row async for row in beside(stage, people, sizes, folder)]
    tell("inside luka")
    async with store(folder / "alone") as socket, inside(folder, socket) as house:
        inner = [await routing(house, count, sizes.messages) for count in sizes.participants]
        async with each_second(socket):
            for count in sizes.participants:
                row = await routing(house, count, sizes.messages)
                inner.append(replace(row, group=f"{row.group}, Redis writing to disk each second"))
        inner.append(await contexts(house, max(sizes.participants), sizes.contexts))
    return grouped([*inner, *rows])


def grouped(rows: Sequence[Row]) -> list[Row]:
    """Rows of a group together, groups in the order of their first row."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [row for some in groups.values() for row in some]


async def _rows(
    stage: Stage, people: Sequence[Human], sizes: Sizes, tell: Callable[[str], None]
) -> AsyncIterator[Row]:
    await acquaint(stage, people[: sizes.lanes])
    await ways(people[:2], sizes.messages // 2)  # connections, and scripts the store doesn't know
    for count in sizes.participants:
        tell(f"routing and delivery, {count} participants")
        for row in await ways(people[:count], sizes.messages):
            yield row
    tell("handshakes")
    yield await handshakes(people, sizes.handshakes)
    yield await joining(people, min(JOINED, sizes.messages))
    tell("answers by three doors")
    for row in await doors(stage, people[: sizes.lanes], sizes.asks):
        yield row
    for one in sizes.storms:
        tell(f"a storm of {one.people} people")
        for row in await storm(people[: one.people], one):
            yield row
    tell("a mix of conversations, as luka is used")
    for row in await mixed(people, sizes.mix):
        yield row
    tell("memory")
    for row in await memory(stage, people, sizes.conversations, sizes.sockets):
        yield row
