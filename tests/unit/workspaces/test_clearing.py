"""What is cleared is gone, and nothing beside it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.workspaces.rooms import TAM, Rooms, as_plain_user, coming, furnished


@pytest.fixture
def open_path() -> Iterator[Path]:
    """Where a plain user comes to, too."""
    path = Path(tempfile.mkdtemp())
    yield path
    shutil.rmtree(path)


async def test_everything_goes_but_what_links_lead_to(rooms: Rooms) -> None:
    await rooms.workspaces.receive(TAM, "a.csv", coming(b"a"), 10)
    await rooms.workspaces.receive("users/eve", "b.csv", coming(b"b"), 10)
    (rooms.tam / ".cache/deep").mkdir(parents=True)
    (rooms.tam / ".cache/deep/c").touch()
    (rooms.tam / "outputs/file.txt").symlink_to(rooms.secret)
    (rooms.tam / "outputs/folder").symlink_to(rooms.outside)
    (rooms.tam / "outputs/twice.txt").hardlink_to(rooms.secret)
    os.mkfifo(rooms.tam / "outputs/pipe")

    await rooms.workspaces.clear(TAM)
    await rooms.workspaces.clear(TAM)

    assert not rooms.tam.exists()
    assert rooms.secret.read_bytes() == b"secret"
    assert len(await rooms.workspaces.listed("users/eve")) == 1


async def test_no_depth_is_too_deep(rooms: Rooms) -> None:
    here = os.open(rooms.tam / "outputs", os.O_RDONLY)
    for _ in range(1100):  # more than folders can be open, or calls within calls
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)

    assert await rooms.listed() == []
    await rooms.workspaces.clear(TAM)

    assert not rooms.tam.exists()


async def test_modes_keep_nothing_from_being_cleared(open_path: Path) -> None:
    rooms = await furnished(open_path)
    for mode in (0o000, 0o100, 0o400, 0o500):
        inner = rooms.tam / f"outputs/{mode:o}/inner"
        inner.mkdir(parents=True)
        (inner / "file").touch(mode=0o000)
    (rooms.tam / "closed/inner").mkdir(parents=True)
    with as_plain_user(open_path):
        (rooms.tam / "closed").chmod(0o000)
        for mode in (0o000, 0o100, 0o400, 0o500):
            (rooms.tam / f"outputs/{mode:o}/inner").chmod(mode)
            (rooms.tam / f"outputs/{mode:o}").chmod(mode)
        rooms.tam.chmod(0o000)
        await rooms.workspaces.clear(TAM)

    assert list((rooms.root / "users").iterdir()) == []
