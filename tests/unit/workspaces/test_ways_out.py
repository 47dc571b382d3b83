"""No path leads out of a folder, whatever stands on the way."""

import asyncio
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from luka_bot.models.errors import Refused
from luka_bot.models.job_errors import (
    FileGone,
    OutsideWorkspace,
    TooManyFiles,
)
from luka_bot.workspaces.workspaces import Workspaces
from tests.unit.workspaces.shelf import EVE, MB, TAM, chunks, left


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


async def test_a_folder_without_rights_is_cleared_all_the_same(workspaces: Workspaces) -> None:
    there = await workspaces.prepare(TAM)
    deep = there / "outputs" / "deep"
    deep.mkdir()
    (deep / "a.txt").touch()
    deep.chmod(0)

    await workspaces.clear(TAM)

    assert not there.exists()
