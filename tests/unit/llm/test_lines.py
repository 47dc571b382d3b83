"""Bytes are cut at line feeds and nowhere else."""

from collections.abc import AsyncIterator, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luka_bot.llm.lines import LINE_LIMIT, LineTooLong, lines


async def cut(chunks: Iterable[bytes]) -> list[bytes]:
    async def coming() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return [line async for line in lines(coming())]


@given(st.lists(st.binary(max_size=12), max_size=12))
async def test_where_the_network_tears_makes_no_difference(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)

    assert await cut(chunks) == [line.strip() for line in whole.split(b"\n") if line.strip()]


async def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(LineTooLong):
        await cut([b"x" * LINE_LIMIT, b"x"])
