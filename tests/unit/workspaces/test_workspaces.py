"""Files of people: they come in whole, within limits, and are found again."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from luka_bot.models.job_errors import (
    FileTooBig,
    QuotaFull,
    TooManyFiles,
)
from luka_bot.workspaces.workspaces import Workspaces
from tests.unit.workspaces.shelf import EVE, MB, TAM, chunks, left


async def test_a_folder_has_its_three_parts_and_so_has_shared(workspaces: Workspaces) -> None:
    there = await workspaces.prepare(TAM)

    parts = {"inputs", "outputs", "workflows"}
    assert {path.name for path in there.iterdir()} == parts
    assert {path.name for path in (workspaces.root / "shared").iterdir()} == parts
    assert there.stat().st_mode & 0o077 == 0


async def test_what_comes_in_is_stamped_and_keeps_its_name(workspaces: Workspaces) -> None:
    files = [
        await workspaces.receive(TAM, "data.csv", chunks(b"a,b\n", b"1,2\n"), MB) for _ in range(3)
    ]

    assert [file.name for file in files] == ["data.csv"] * 3
    assert files[0].path == "users/tam/inputs/20251004_084500_data.csv"
    assert all(re.search(r"/\d{8}_\d{6}_data(_\d)?\.csv$", file.path) for file in files)
    assert len({file.path for file in files}) == 3
    assert await workspaces.read(TAM, files[2].path, MB) == b"a,b\n1,2\n"
    assert files[0].size == 8


async def test_a_file_may_be_as_large_as_its_limit_and_not_a_byte_larger(
    workspaces: Workspaces,
) -> None:
    kept = await workspaces.receive(TAM, "a.txt", chunks(b"x" * 60, b"x" * 40), 100)
    with pytest.raises(FileTooBig) as refused:
        await workspaces.receive(TAM, "b.txt", chunks(b"x" * 60, b"x" * 41), 100)

    assert (kept.size, refused.value.limit) == (100, 100)
    assert left(workspaces) == [kept.path]


async def test_a_folder_has_a_quota_of_bytes(workspaces: Workspaces) -> None:
    kept = await workspaces.receive(TAM, "a.txt", chunks(b"x" * (MB - 10)), MB)

    with pytest.raises(QuotaFull):
        await workspaces.receive(TAM, "b.txt", chunks(b"x" * 11), MB)
    with pytest.raises(QuotaFull):
        await workspaces.write(TAM, "c.txt", b"x" * 11)

    assert left(workspaces) == [kept.path]
    assert await workspaces.used(TAM) == MB - 10
    await workspaces.receive(EVE, "b.txt", chunks(b"x" * 11), MB)


async def test_a_folder_has_so_many_files(workspaces: Workspaces) -> None:
    for number in range(20):
        await workspaces.write(TAM, f"{number}.txt", b"x")

    with pytest.raises(TooManyFiles):
        await workspaces.receive(TAM, "more.txt", chunks(b"x"), MB)


async def test_what_breaks_off_leaves_nothing(workspaces: Workspaces) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await workspaces.receive(TAM, "a.txt", broken(), MB)

    assert left(workspaces) == []
    assert list((workspaces.root / TAM / "inputs").iterdir()) == []


async def test_two_of_one_name_at_once_are_two(workspaces: Workspaces) -> None:
    files = await asyncio.gather(
        *(workspaces.receive(TAM, "a.txt", chunks(str(turn).encode()), MB) for turn in range(8))
    )

    contents = {await workspaces.read(TAM, file.path, MB) for file in files}
    assert contents == {str(turn).encode() for turn in range(8)}


async def test_what_is_written_again_is_replaced(workspaces: Workspaces) -> None:
    await workspaces.write(TAM, "../chart.png", b"old")
    file = await workspaces.write(TAM, "chart.png", b"new")

    assert file.path == "users/tam/outputs/chart.png"
    assert left(workspaces) == [file.path]
    assert await workspaces.read(TAM, file.path, MB) == b"new"


async def test_what_changed_in_outputs_is_found(workspaces: Workspaces) -> None:
    await workspaces.write(TAM, "old.txt", b"old")
    await workspaces.write(TAM, "same.txt", b"same")
    before = await workspaces.snapshot(TAM)
    await workspaces.write(TAM, "old.txt", b"older")
    (workspaces.root / TAM / "outputs" / "sub").mkdir()
    (workspaces.root / TAM / "outputs" / "sub" / "new.txt").write_text("new")

    changed = await workspaces.changed(TAM, before)

    assert {file.path for file in changed} == {
        "users/tam/outputs/old.txt",
        "users/tam/outputs/sub/new.txt",
    }


async def test_text_is_read_as_text_and_nothing_else_is(workspaces: Workspaces) -> None:
    cases = {"a.txt": "слово".encode(), "b.txt": "слово".encode("cp1251"), "c.bin": b"a\0b"}
    files = {name: await workspaces.write(TAM, name, data) for name, data in cases.items()}

    texts = [await workspaces.text(TAM, file.path, 3) for file in files.values()]

    assert texts == ["сло", "сло", None]
