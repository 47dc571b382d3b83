"""What is asked of the kernel and of bubblewrap, without asking them."""

import os
from pathlib import Path

import pytest

from luka_bot.executors.sandbox import seccomp
from luka_bot.executors.sandbox.bubblewrap import arguments
from luka_bot.executors.sandbox.disk import (
    Unmeasurable,
    exceeds,
    give,
    names_in,
    remove,
    remove_new,
)
from luka_bot.executors.sandbox.plan import End, Excess, Limits, Plan, Sockets

ALLOWED, REFUSED, KILLED = 0x7FFF_0000, 0x0005_000D, 0x8000_0000
UNIX, INTERNET = 1, 2
CALLS = {  # architecture, socket, connect, write
    "x86_64": (0xC000003E, 41, 42, 1),
    "aarch64": (0xC00000B7, 198, 203, 64),
}


def ruled(steps: list[seccomp.Step], number: int, architecture: int, first: int = 0) -> int:
    """What the kernel would do about this call."""
    shown, held, at = {0: number, 4: architecture, 16: first}, 0, 0
    while True:
        what, yes, no, value = steps[at]
        at += 1
        match what:
            case 0x20:
                held = shown[value]
            case 0x15:
                at += yes if held == value else no
            case 0x35:
                at += yes if held >= value else no
            case _:
                return value


@pytest.mark.parametrize("machine", CALLS)
def test_without_network_no_socket_is_opened_in_whatever_way(machine: str) -> None:
    architecture, opens, connects, writes = CALLS[machine]
    steps = seccomp.program(machine, Sockets.NONE)

    assert [ruled(steps, call, architecture) for call in (opens, connects, 425)] == [REFUSED] * 3
    assert ruled(steps, writes, architecture) == ALLOWED
    assert ruled(steps, writes, 0x40000003) == KILLED  # the same calls by a 32-bit program
    assert ruled(steps, opens | 0x4000_0000, architecture) == REFUSED


@pytest.mark.parametrize("machine", CALLS)
def test_with_network_servers_that_listen_on_a_path_stay_shut(machine: str) -> None:
    architecture, opens, connects, _ = CALLS[machine]
    steps = seccomp.program(machine, Sockets.INTERNET)

    assert ruled(steps, opens, architecture, UNIX) == REFUSED
    assert ruled(steps, opens, architecture, INTERNET) == ALLOWED
    assert ruled(steps, connects, architecture) == ALLOWED
    assert ruled(steps, 425, architecture) == REFUSED


def test_bubblewrap_shows_the_system_and_one_folder() -> None:
    line = arguments("/usr/bin/bwrap", ("agent", "-p"), "/srv/tam", ("/opt/agent",), network=False)
    text = " ".join(line)

    for part in (
        "/usr/bin/bwrap --unshare-all --die-with-parent --new-session --cap-drop ALL",
        "--ro-bind-try /usr /usr",
        "--proc /proc --dev /dev --size 268435456 --tmpfs /dev/shm --remount-ro /dev",
        "--size 268435456 --tmpfs /tmp --ro-bind-try /opt/agent /opt/agent",
        "--bind /srv/tam /srv/tam --chdir /srv/tam -- agent -p",
    ):
        assert part in text
    assert line.count("--bind") == 1
    assert "--share-net" not in line
    assert "/etc/resolv.conf" not in line


def test_bubblewrap_lets_the_network_in_where_it_is_allowed() -> None:
    line = arguments("bwrap", ("agent",), "/srv/tam", (), network=True)

    assert line.index("--share-net") > line.index("--unshare-all")
    assert line[line.index("/etc/resolv.conf") - 1] or "/etc/resolv.conf" in line
    assert "/etc/ssl/certs" in line


def test_a_plan_and_an_end_arrive_as_they_were_told() -> None:
    plan = Plan(
        argv=("agent", "naïve\n"),
        env={"KEY": "a b"},
        folder="/srv/tam",
        limits=Limits(1, 2, 3, 4, 5, 6),
        places=("/srv/tam",),
        writable=("/srv/tam",),
        sockets=Sockets.NONE,
    )
    end = End(137, Excess.MEMORY, "why")

    assert Plan.read(plan.line()) == plan
    assert End.read(end.line()) == end


def test_only_what_is_new_is_taken_away_and_no_link_is_followed(tmp_path: Path) -> None:
    place, outside = tmp_path / "place", tmp_path / "outside"
    (place / "kept").mkdir(parents=True)
    outside.mkdir()
    (outside / "file").write_text("x")
    before = names_in(str(place))
    (place / "kept" / "new").write_text("x")
    (place / "deep" / "er").mkdir(parents=True)
    (place / "link").symlink_to(outside)

    remove_new(str(place), before)

    assert names_in(str(place)) == before
    assert (outside / "file").exists()
    assert not exceeds([str(place)], 0, 1)
    assert exceeds([str(place)], 0, 0)


def test_a_folder_too_deep_to_look_into_is_too_much_and_can_be_removed(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("deep", dir_fd=here)
        deeper = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)

    assert exceeds([str(tmp_path)], 1 << 30, 10_000)
    with pytest.raises(Unmeasurable):
        names_in(str(tmp_path))

    remove(str(tmp_path / "deep"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_has_a_second_name_or_is_a_link_is_never_given_away(tmp_path: Path) -> None:
    place, outside = tmp_path / "place", tmp_path / "outside"
    place.mkdir()
    outside.write_text("x")
    (place / "second").hardlink_to(outside)
    (place / "link").symlink_to(outside)
    (place / "own").write_text("x")

    give(str(place), 65_010, frozenset({0}))

    assert outside.stat().st_uid == 0
    assert [(place / name).lstat().st_uid for name in ("own", "link")] == [65_010, 0]
    assert place.stat().st_uid == 65_010
