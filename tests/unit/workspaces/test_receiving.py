"""A file comes in whole, under its limits, or not at all."""

import asyncio
import os
import re
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import (
    FileGone,
    FileKind,
    FileTooBig,
    OutsideWorkspace,
    QuotaFull,
    TooManyFiles,
)
from tests.unit.workspaces.rooms import STAMP, TAM, Rooms, coming, furnished


async def test_folders_are_made_for_their_owner_alone(rooms: Rooms) -> None:
    made = [rooms.root / who / what for who in ("shared", TAM) for what in _SECTIONS]

    assert {stat.S_IMODE(path.stat().st_mode) for path in (rooms.root, rooms.tam, *made)} == {0o700}
    assert await rooms.workspaces.prepare(TAM) == rooms.tam


async def test_a_file_comes_in_under_its_moment_and_is_called_as_before(rooms: Rooms) -> None:
    file = await rooms.receive("Отчёт.csv", b"a,", b"b\n")
    (listed,) = await rooms.workspaces.listed(TAM)

    assert (file.name, file.size) == ("Отчёт.csv", 4)
    assert file.path == f"users/tam/inputs/{STAMP}Отчёт.csv"
    assert re.match(r"^\d{8}_\d{6}_", file.path.rpartition("/")[2])
    assert listed.file == file == await rooms.workspaces.find(TAM, file.path)
    assert await rooms.workspaces.read(TAM, file.path, 4) == b"a,b\n"
    assert await rooms.workspaces.used(TAM) == 4


async def test_files_of_one_name_and_moment_are_numbered(rooms: Rooms) -> None:
    kept = await asyncio.gather(*(rooms.receive("a.csv", bytes([65 + n])) for n in range(4)))

    assert rooms.left_in("inputs") == [f"{STAMP}a{n}.csv" for n in ("", "_2", "_3", "_4")]
    assert {(rooms.root / file.path).read_bytes() for file in kept} == {b"A", b"B", b"C", b"D"}
    assert {file.name for file in kept} == {"a.csv"}


async def test_a_hostile_name_comes_no_farther_than_inputs(rooms: Rooms) -> None:
    for name in ("../../a.csv", "/etc/b.csv", "..\\c.csv", "d\0.csv", "." * 300 + "e.csv"):
        await rooms.receive(name, b"x")

    assert rooms.left_in("inputs") == [f"{STAMP}{letter}.csv" for letter in "abcde"]


async def test_a_byte_more_than_the_limit_is_too_much_and_leaves_nothing(rooms: Rooms) -> None:
    assert (await rooms.receive("a.csv", b"12", b"345", limit=5)).size == 5

    with pytest.raises(FileTooBig) as refused:
        await rooms.receive("b.csv", b"12", b"3456", limit=5)

    assert (refused.value.name, refused.value.limit) == ("b.csv", 5)
    assert rooms.left_in("inputs") == [f"{STAMP}a.csv"]


async def test_the_quota_holds_to_the_byte_over_all_that_lies_there(tmp_path: Path) -> None:
    rooms = await furnished(tmp_path, quota=10)
    (rooms.tam / "workflows/w.txt").write_bytes(b"123")
    await rooms.receive("a.csv", b"1234567")

    with pytest.raises(QuotaFull):
        await rooms.receive("b.csv", b"1")
    with pytest.raises(QuotaFull):
        await rooms.workspaces.write(TAM, "b.csv", b"1")

    assert await rooms.workspaces.used(TAM) == 10
    assert rooms.left_in("inputs") == [f"{STAMP}a.csv"]
    assert rooms.left_in("outputs") == []


async def test_files_that_come_at_once_share_one_quota(tmp_path: Path) -> None:
    rooms = await furnished(tmp_path, quota=10)

    came = await asyncio.gather(
        *(rooms.receive(f"{n}.csv", b"123", b"456") for n in range(5)), return_exceptions=True
    )

    assert {type(one) for one in came} <= {QuotaFull, JobFile}
    assert sum(isinstance(one, QuotaFull) for one in came) >= 4
    assert await rooms.workspaces.used(TAM) <= 10


async def test_there_are_so_many_files_and_no_more(tmp_path: Path) -> None:
    rooms = await furnished(tmp_path, files=2)
    await rooms.receive("a.csv", b"a")
    await rooms.workspaces.write(TAM, "b.txt", b"b")

    with pytest.raises(TooManyFiles):
        await rooms.receive("c.csv", b"c")
    with pytest.raises(TooManyFiles):
        await rooms.workspaces.write(TAM, "c.txt", b"c")
    await rooms.workspaces.write(TAM, "b.txt", b"new")

    assert rooms.left_in("outputs") == ["b.txt"]
    assert (rooms.tam / "outputs/b.txt").read_bytes() == b"new"


async def test_a_sender_who_breaks_off_leaves_nothing(rooms: Rooms) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield b"begun"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await rooms.workspaces.receive(TAM, "a.csv", breaking(), 100)

    assert rooms.left_in("inputs") == []


async def test_whoever_is_cancelled_leaves_nothing_and_lets_the_sender_go(rooms: Rooms) -> None:
    begun, left = asyncio.Event(), asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        begun.set()
        try:
            while True:
                yield b"x"
        finally:
            left.set()

    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(rooms.workspaces.receive(TAM, "a.csv", endless(), 10**9))
        await begun.wait()
        task.cancel()

    assert task.cancelled()
    assert left.is_set()
    assert rooms.left_in("inputs") == []


async def test_a_link_that_is_put_in_place_of_inputs_meanwhile_leads_nothing_out(
    rooms: Rooms,
) -> None:
    async def swapping() -> AsyncIterator[bytes]:
        yield b"a"
        (rooms.tam / "inputs").rename(rooms.tam / "old")
        (rooms.tam / "inputs").symlink_to(rooms.outside)
        yield b"b"

    await rooms.workspaces.receive(TAM, "a.csv", swapping(), 100)

    assert rooms.left_outside() == ["secret.txt"]
    assert rooms.left_in("old") == [f"{STAMP}a.csv"]


async def test_a_folder_that_is_cleared_meanwhile_takes_its_new_file_along(rooms: Rooms) -> None:
    async def clearing() -> AsyncIterator[bytes]:
        yield b"a"
        await rooms.workspaces.clear(TAM)

    with pytest.raises(FileGone):
        await rooms.workspaces.receive(TAM, "a.csv", clearing(), 100)

    assert not rooms.tam.exists()


async def test_what_a_killed_luka_has_left_goes_after_a_day(rooms: Rooms) -> None:
    for name, days in (("old", 2), ("new", 0)):
        path = rooms.tam / f"inputs/.luka-incoming-{name}"
        path.write_bytes(b"half")
        moment = path.stat().st_mtime - days * 86_400
        os.utime(path, (moment, moment))
    assert await rooms.listed() == []

    await rooms.receive("a.csv", b"a")

    assert rooms.left_in("inputs") == [".luka-incoming-new", f"{STAMP}a.csv"]


async def test_a_result_takes_the_place_of_the_older_one_and_of_no_folder(rooms: Rooms) -> None:
    (rooms.tam / "outputs/folder").mkdir()
    (rooms.tam / "outputs/a.txt").symlink_to(rooms.secret)

    file = await rooms.workspaces.write(TAM, "../a.txt", b"new")
    with pytest.raises(OutsideWorkspace):
        await rooms.workspaces.write(TAM, "folder", b"new")

    assert (file.name, file.path, file.size) == ("a.txt", "users/tam/outputs/a.txt", 3)
    assert await rooms.workspaces.read(TAM, file.path, 3) == b"new"
    assert rooms.secret.read_bytes() == b"secret"
    assert rooms.left_in("outputs") == ["a.txt", "folder"]


async def test_an_ending_that_is_not_taken_is_refused_before_a_byte_is_read(rooms: Rooms) -> None:
    read = []

    async def unread() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"a"

    for name in ("a.exe", "csv", "a.csv.exe", "a.", ".csv"):
        with pytest.raises(FileKind) as refused:
            await rooms.workspaces.receive(TAM, name, unread(), 100)
        assert "csv" in refused.value.kinds
    assert read == []


async def test_shared_is_a_folder_like_any_other(rooms: Rooms) -> None:
    file = await rooms.workspaces.receive("shared", "a.csv", coming(b"a"), 100)

    assert file.path == f"shared/inputs/{STAMP}a.csv"
    assert await rooms.workspaces.find("shared", file.path) == replace(file)
    with pytest.raises(OutsideWorkspace):
        await rooms.workspaces.find(TAM, file.path)


_SECTIONS = ("inputs", "outputs", "workflows")
