"""No path leads out of a folder, by whatever way."""

import os
import socket
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from luka_bot.models.job_errors import FileGone, FileRefused, FileTooBig, OutsideWorkspace
from luka_bot.workspaces.places import opened_folder, step
from tests.unit.workspaces.rooms import TAM, Rooms, coming

OUTSIDE = [
    "../outside/secret.txt",
    "users/tam/inputs/../../../../outside/secret.txt",
    "users/tam/inputs/../../eve/inputs/a.txt",
    "users/eve/inputs/a.txt",
    "users/tam2/inputs/a.txt",
    "/etc/passwd",
    "users/tam//etc/passwd",
    "users/tam/inputs/a.txt\0.png",
    "users/tam/inputs/..\\..\\a.txt",
    "users/tam/inputs/",
    "users/tam/inputs",
    "users/tam/.ssh/id",
    "users/tam/./inputs/a.txt",
    "inputs/a.txt",
    "",
]
FOLDERS = [
    "",
    "users//tam",
    "users/tam/",
    "/",
    ".",
    "..",
    "../outside",
    "users/../..",
    "users",
    "/etc",
    "a\0b",
    "a\\b",
    "./..",
]
AT = "users/tam/outputs/a.txt"


async def refusals(rooms: Rooms, path: str) -> list[type[Exception]]:
    """Of everything that takes a path."""
    doors = (
        lambda: rooms.workspaces.read(TAM, path, 100),
        lambda: rooms.workspaces.text(TAM, path, 100),
        lambda: rooms.workspaces.find(TAM, path),
        lambda: anext(rooms.workspaces.stream(TAM, path)),
        lambda: rooms.workspaces.delete(TAM, path),
    )
    refused: list[type[Exception]] = []
    for door in doors:
        try:
            await door()
        except FileRefused as error:
            refused.append(type(error))
    return refused


@pytest.mark.parametrize("path", OUTSIDE)
async def test_a_path_that_leads_out_is_refused_at_every_door(rooms: Rooms, path: str) -> None:
    await rooms.workspaces.prepare("users/eve")
    (rooms.root / "users/eve/inputs/a.txt").write_text("eve's")

    assert await refusals(rooms, path) == [OutsideWorkspace] * 5


@pytest.mark.parametrize("folder", FOLDERS)
async def test_a_folder_that_is_nobody_s_is_refused(rooms: Rooms, folder: str) -> None:
    for door in (
        rooms.workspaces.prepare(folder),
        rooms.workspaces.receive(folder, "a.txt", coming(b"a"), 10),
        rooms.workspaces.listed(folder),
        rooms.workspaces.clear(folder),
    ):
        with pytest.raises(OutsideWorkspace):
            await door

    assert rooms.secret.read_bytes() == b"secret"


async def test_what_lies_there_is_found_read_and_removed(rooms: Rooms) -> None:
    (rooms.tam / "outputs/a.txt").write_bytes(b"abc" * 50_000)

    found = await rooms.workspaces.find(TAM, AT)
    streamed = [chunk async for chunk in rooms.workspaces.stream(TAM, AT)]

    assert (found.name, found.path, found.size) == ("a.txt", AT, 150_000)
    assert b"".join(streamed) == await rooms.workspaces.read(TAM, AT, 150_000)
    assert max(map(len, streamed)) == 65_536
    with pytest.raises(FileTooBig):
        await rooms.workspaces.read(TAM, AT, 149_999)
    await rooms.workspaces.delete(TAM, AT)
    assert await refusals(rooms, AT) == [FileGone] * 5


@pytest.mark.parametrize("where", [AT, "users/tam/outputs/deep/secret.txt"])
async def test_a_link_is_refused_wherever_it_lies(rooms: Rooms, where: str) -> None:
    (rooms.tam / "outputs/a.txt").symlink_to(rooms.secret)
    (rooms.tam / "outputs/deep").symlink_to(rooms.outside)

    assert await refusals(rooms, where) == [OutsideWorkspace] * 5
    assert await rooms.listed() == []
    assert rooms.secret.read_bytes() == b"secret"


async def test_a_link_in_the_place_of_a_section_leads_nowhere_and_is_taken_away(
    rooms: Rooms,
) -> None:
    (rooms.tam / "outputs").rmdir()
    (rooms.tam / "outputs").symlink_to(rooms.outside)

    assert await refusals(rooms, "users/tam/outputs/secret.txt") == [OutsideWorkspace] * 5
    assert await rooms.listed() == []
    await rooms.workspaces.write(TAM, "a.txt", b"a")

    assert (rooms.tam / "outputs/a.txt").read_bytes() == b"a"
    assert rooms.left_outside() == ["secret.txt"]


async def test_a_link_in_the_place_of_a_folder_is_refused(rooms: Rooms) -> None:
    (rooms.root / "users/eve").symlink_to(rooms.outside)

    for door in (rooms.workspaces.prepare("users/eve"), rooms.workspaces.clear("users/eve")):
        with pytest.raises(OutsideWorkspace):
            await door
    assert rooms.left_outside() == ["secret.txt"]


async def test_a_file_that_lies_in_a_second_place_is_not_given_out(rooms: Rooms) -> None:
    (rooms.tam / "outputs/a.txt").hardlink_to(rooms.secret)

    assert (await refusals(rooms, AT))[:4] == [OutsideWorkspace] * 4
    assert await rooms.listed() == []
    assert rooms.secret.exists()


async def test_a_pipe_or_a_socket_is_refused_and_keeps_nobody_waiting(rooms: Rooms) -> None:
    os.mkfifo(rooms.tam / "outputs/a.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(rooms.tam / "outputs", os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{here}/b.txt")
        os.close(here)

    assert await refusals(rooms, AT) == [FileGone] * 5
    assert await refusals(rooms, "users/tam/outputs/b.txt") == [FileGone] * 5
    assert await rooms.listed() == []


async def test_a_folder_is_no_file(rooms: Rooms) -> None:
    (rooms.tam / "outputs/a.txt").mkdir()

    assert await refusals(rooms, AT) == [FileGone] * 5


def test_a_link_that_is_swapped_in_on_the_way_changes_nothing(rooms: Rooms) -> None:
    (rooms.tam / "outputs/deep").mkdir()

    with opened_folder(rooms.root, ("users", "tam", "outputs")) as here:
        (rooms.tam / "outputs").rename(rooms.tam / "old")
        (rooms.tam / "outputs").symlink_to(rooms.outside)
        os.close(step(here, "deep"))  # still in the folder that was opened

    with pytest.raises(OutsideWorkspace), opened_folder(rooms.root, ("users", "tam", "outputs")):
        pass


async def test_a_folder_that_turns_into_a_link_again_and_again_never_shows_what_is_outside(
    rooms: Rooms,
) -> None:
    deep = rooms.tam / "outputs/deep"
    deep.mkdir()
    (deep / "secret.txt").write_bytes(b"own")
    over = Event()
    swaps: list[int] = []
    swapper = Thread(target=_swap, args=(deep, rooms.outside, over, swaps))
    swapper.start()
    seen = set()

    while len(swaps) < 300:
        with suppress(FileRefused):
            seen.add(await rooms.workspaces.read(TAM, "users/tam/outputs/deep/secret.txt", 100))
    over.set()
    swapper.join()

    assert b"secret" not in seen


def _swap(folder: Path, outside: Path, over: Event, swaps: list[int]) -> None:
    aside = folder.with_name("aside")
    while not over.is_set():
        folder.rename(aside)
        folder.symlink_to(outside)
        folder.unlink()
        aside.rename(folder)
        swaps.append(1)
