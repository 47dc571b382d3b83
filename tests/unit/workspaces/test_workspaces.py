"""Files of people: they come in whole, and no path leads out."""

import asyncio
import io
import os
import re
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PIL import Image

from luka_bot.models.errors import Refused
from luka_bot.models.job_errors import (
    FileGone,
    FileKind,
    FileTooBig,
    OutsideWorkspace,
    QuotaFull,
    TooManyFiles,
)
from luka_bot.workspaces.names import BYTES, LONGEST, clean
from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces
from tests.redis_fixtures import START

TAM, EVE = "users/tam", "users/eve"
ENDINGS = frozenset({"csv", "txt", "png", "zip", "html", "py", "pdf"})
MB = 1 << 20


@pytest.fixture
def workspaces(tmp_path: Path) -> Workspaces:
    limits = WorkspaceLimits(quota=MB, files=20, endings=ENDINGS)
    return Workspaces(tmp_path / "all", limits, lambda: START, "UTC")


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (3, 3)).save(written, "PNG")
    return written.getvalue()


def left(workspaces: Workspaces) -> list[str]:
    return sorted(str(path.relative_to(workspaces.root)) for path in workspaces.root.rglob("*.*"))


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data.csv", "data.csv"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("/etc/shadow.txt", "shadow.txt"),
        ("C:\\temp\\x.csv", "x.csv"),
        ("a\0b.csv", "ab.csv"),
        ("line\nbreak.csv", "linebreak.csv"),
        ("\u202egnp.exe.csv", "gnp.exe.csv"),
        ("..", "file"),
        ("", "file"),
        ("...hidden.txt", "hidden.txt"),
        ("con.txt", "_con.txt"),
        ("отчёт за год.csv", "отчёт за год.csv"),
        ("ё.txt", "ё.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
    ],
)
def test_names_lose_what_no_disk_or_reader_bears(name: str, expected: str) -> None:
    assert clean(name) == expected


@pytest.mark.parametrize("name", ["x" * 500 + ".csv", "ы" * 500 + ".csv", "." + "x" * 500])
def test_long_names_are_shortened_and_keep_their_ending(name: str) -> None:
    short = clean(name)

    assert len(short) <= LONGEST
    assert len(short.encode()) <= BYTES
    assert short.endswith(".csv") is name.endswith(".csv")


@pytest.mark.parametrize(
    "path",
    [
        "users/eve/inputs/secret.txt",
        "users/tam/../eve/inputs/secret.txt",
        "users/tam/inputs/../../eve/inputs/secret.txt",
        "../outside.txt",
        "/etc/passwd",
        "users/tam/inputs/./secret.txt",
        "users/tam//inputs/secret.txt",
        "users/tam/inputs/a\0b",
        "users\\tam\\inputs\\x",
        "users/tam",
        "users/tamara/inputs/secret.txt",
        "",
    ],
)
async def test_no_path_leads_out(workspaces: Workspaces, path: str) -> None:
    for folder in (TAM, EVE, "users/tamara"):
        await workspaces.prepare(folder)
        await workspaces.receive(folder, "secret.txt", chunks(b"secret"), MB)
    ways: list[Callable[[], object]] = [
        lambda: workspaces.read(TAM, path, MB),
        lambda: workspaces.find(TAM, path),
        lambda: workspaces.delete(TAM, path),
        lambda: anext(workspaces.stream(TAM, path)),
        lambda: workspaces.text(TAM, path, 10),
    ]

    for way in ways:
        with pytest.raises(OutsideWorkspace):
            await way()  # type: ignore[misc] # each is awaitable

    assert len([name for name in left(workspaces) if name.endswith("secret.txt")]) == 3


@pytest.mark.parametrize("folder", ["..", "/etc", "users/../..", "a\0b", "", "users//tam"])
async def test_no_folder_lies_outside(workspaces: Workspaces, folder: str) -> None:
    with pytest.raises(OutsideWorkspace):
        await workspaces.prepare(folder)
    with pytest.raises(OutsideWorkspace):
        await workspaces.receive(folder, "a.txt", chunks(b"x"), MB)
    with pytest.raises(OutsideWorkspace):
        await workspaces.clear(folder)


async def test_links_of_every_kind_lead_nowhere(workspaces: Workspaces, tmp_path: Path) -> None:
    there = await workspaces.prepare(TAM)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (there / "outputs" / "soft.txt").symlink_to(outside / "secret.txt")
    (there / "outputs" / "hard.txt").hardlink_to(outside / "secret.txt")
    (there / "outputs" / "folder").symlink_to(outside)
    os.mkfifo(there / "outputs" / "pipe.txt")

    for name in ("soft.txt", "hard.txt", "folder/secret.txt"):
        with pytest.raises(OutsideWorkspace):
            await workspaces.read(TAM, f"{TAM}/outputs/{name}", MB)
    with pytest.raises(FileGone):
        await workspaces.read(TAM, f"{TAM}/outputs/pipe.txt", MB)
    with pytest.raises(OutsideWorkspace):
        await workspaces.delete(TAM, f"{TAM}/outputs/folder/secret.txt")

    assert await workspaces.listed(TAM) == ()
    assert await workspaces.changed(TAM, {}) == ()
    await workspaces.clear(TAM)
    assert (outside / "secret.txt").read_text() == "secret"
    assert not there.exists()


async def test_a_folder_that_becomes_a_link_meanwhile_leads_nowhere(
    workspaces: Workspaces, tmp_path: Path
) -> None:
    """Somebody swaps outputs/sub for a link as often as they can while it is read."""
    there = await workspaces.prepare(TAM)
    outside, inside = tmp_path / "outside", there / "outputs" / "real"
    for folder, word in ((outside, "secret"), (inside, "mine")):
        folder.mkdir()
        (folder / "a.txt").write_text(word)
    way, spare = there / "outputs" / "sub", there / "outputs" / "spare"
    way.symlink_to(outside)
    inside.rename(spare)
    over = threading.Event()

    def swap() -> None:
        while not over.is_set():
            way.unlink()
            spare.rename(way)
            way.rename(spare)
            way.symlink_to(outside)

    swapping = asyncio.create_task(asyncio.to_thread(swap))  # noqa: TID251 - beside the reading
    read: set[bytes] = set()
    for _ in range(300):
        try:
            read.add(await workspaces.read(TAM, f"{TAM}/outputs/sub/a.txt", MB))
        except Refused:
            continue
    over.set()
    await swapping

    assert read <= {b"mine"}


async def test_writing_through_a_link_is_refused(workspaces: Workspaces, tmp_path: Path) -> None:
    there = await workspaces.prepare(TAM)
    (there / "outputs").rmdir()
    (there / "outputs").symlink_to(tmp_path)

    with pytest.raises(OutsideWorkspace):
        await workspaces.write(TAM, "a.txt", b"x")

    assert not (tmp_path / "a.txt").exists()


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


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ\x90\x00"),
        ("noending", b"text"),
        ("a.png", b"\x7fELF\x02\x01\x01" + bytes(50)),
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.png", b"not a picture"),
        ("a.zip", b"a,b\n1,2\n"),
        ("a.csv", b"PK\x03\x04" + bytes(100)),
        ("a.csv", b"\x7fELF"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.pdf", b""),
    ],
)
async def test_a_file_is_what_its_name_says(
    workspaces: Workspaces, name: str, content: bytes
) -> None:
    with pytest.raises(FileKind):
        await workspaces.receive(TAM, name, chunks(content), MB)

    assert left(workspaces) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png()),
        ("A.PNG", png()),
        ("a.csv", "имя;сумма\n".encode("cp1251")),
        ("a.csv", "имя;сумма\n".encode("utf-16")),
        ("a.txt", b""),
        ("a.py", b"#!/usr/bin/env python3\nprint(1)\n"),
        ("a.html", b"<html></html>"),
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        ("a.txt", "ы".encode() * 3000),
    ],
)
async def test_kinds_that_are_taken(workspaces: Workspaces, name: str, content: bytes) -> None:
    file = await workspaces.receive(TAM, name, chunks(content), MB)

    assert await workspaces.read(TAM, file.path, MB) == content


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


async def test_a_folder_full_of_files_is_listed_up_to_what_it_may_hold(
    workspaces: Workspaces,
) -> None:
    there = await workspaces.prepare(TAM)
    for number in range(10_000):
        (there / "outputs" / f"{number}.txt").touch()

    assert len(await workspaces.listed(TAM)) == 21
    assert len(await workspaces.changed(TAM, {})) == 100
    with pytest.raises(TooManyFiles):
        await workspaces.write(TAM, "one more.txt", b"x")
    await workspaces.clear(TAM)
    assert not there.exists()


async def test_text_is_read_as_text_and_nothing_else_is(workspaces: Workspaces) -> None:
    cases = {"a.txt": "слово".encode(), "b.txt": "слово".encode("cp1251"), "c.bin": b"a\0b"}
    files = {name: await workspaces.write(TAM, name, data) for name, data in cases.items()}

    texts = [await workspaces.text(TAM, file.path, 3) for file in files.values()]

    assert texts == ["сло", "сло", None]


async def test_a_folder_without_rights_is_cleared_all_the_same(workspaces: Workspaces) -> None:
    there = await workspaces.prepare(TAM)
    deep = there / "outputs" / "deep"
    deep.mkdir()
    (deep / "a.txt").touch()
    deep.chmod(0)

    await workspaces.clear(TAM)

    assert not there.exists()
