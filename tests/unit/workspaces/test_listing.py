"""What lies in a folder is shown, whatever else a command has left there."""

import os
from pathlib import Path

from tests.unit.workspaces.rooms import TAM, Rooms, furnished


def put(path: Path, moment: float, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (moment, moment))


async def test_the_newest_comes_first_over_all_sections(rooms: Rooms) -> None:
    put(rooms.tam / "inputs/20251106_143022_a.csv", 10)
    put(rooms.tam / "outputs/charts/b.png", 30)
    put(rooms.tam / "workflows/c.md", 20)
    put(rooms.tam / "elsewhere.txt", 40)

    listed = await rooms.workspaces.listed(TAM)

    assert [(one.section, one.file.name, one.modified) for one in listed] == [
        ("outputs", "b.png", 30.0),
        ("workflows", "c.md", 20.0),
        ("inputs", "a.csv", 10.0),
    ]
    assert listed[0].file.path == "users/tam/outputs/charts/b.png"
    assert await rooms.workspaces.find(TAM, listed[0].file.path) == listed[0].file


async def test_a_folder_that_nobody_has_used_is_empty(rooms: Rooms) -> None:
    assert await rooms.workspaces.listed("users/new") == ()
    assert await rooms.workspaces.used("users/new") == 0
    assert await rooms.workspaces.snapshot("users/new") == {}


async def test_folders_are_looked_into_eight_deep(rooms: Rooms) -> None:
    deep = rooms.tam / "outputs" / "/".join("abcdefg")
    put(deep / "seen.txt", 10)
    put(deep / "h/unseen.txt", 20)

    assert await rooms.listed() == ["users/tam/outputs/a/b/c/d/e/f/g/seen.txt"]


async def test_of_ten_thousand_files_the_newest_are_shown_and_all_are_counted(
    tmp_path: Path,
) -> None:
    rooms = await furnished(tmp_path, files=20)
    for number in range(10_000):
        os.mknod(rooms.tam / f"outputs/{number}.txt")
    put(rooms.tam / "outputs/last.txt", 4_000_000_000, b"abc")

    listed = await rooms.listed()

    assert len(listed) == 120
    assert listed[0] == "users/tam/outputs/last.txt"
    assert await rooms.workspaces.used(TAM) == 3
    assert len(await rooms.workspaces.changed(TAM, {})) == 100


async def test_names_that_can_not_be_said_are_left_out(rooms: Rooms) -> None:
    for name in (b"a\nb.txt", b"c\\d.txt", b"\xff.txt", "e\u202ef.txt".encode()):
        (rooms.tam / "outputs" / os.fsdecode(name)).touch()
    (rooms.tam / "outputs/say me.txt").touch()

    assert await rooms.listed() == ["users/tam/outputs/say me.txt"]


async def test_what_a_command_made_or_changed_is_told_and_nothing_else(rooms: Rooms) -> None:
    outputs = rooms.tam / "outputs"
    for name in ("same.txt", "grown.txt", "rewritten.txt", "gone.txt"):
        put(outputs / name, 10)
    before = await rooms.workspaces.snapshot(TAM)

    put(outputs / "grown.txt", 10, b"xx")
    put(outputs / "rewritten.txt", 11)
    put(outputs / "charts/new.png", 12, b"png")
    (outputs / "gone.txt").unlink()
    (outputs / "link.txt").symlink_to(rooms.secret)
    (outputs / "twice.txt").hardlink_to(rooms.secret)
    os.mkfifo(outputs / "pipe.txt")
    put(rooms.tam / "inputs/other.txt", 13)
    changed = await rooms.workspaces.changed(TAM, before)

    assert before["users/tam/outputs/same.txt"] == (1, 10_000_000_000)
    assert [(file.name, file.path, file.size) for file in changed] == [
        ("new.png", "users/tam/outputs/charts/new.png", 3),
        ("rewritten.txt", "users/tam/outputs/rewritten.txt", 1),
        ("grown.txt", "users/tam/outputs/grown.txt", 2),
    ]
