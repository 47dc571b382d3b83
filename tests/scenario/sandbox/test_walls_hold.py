"""Commands that try what they shouldn't: what the person gets, and that nothing is left of it."""

import asyncio

import pytest

from luka_bot.executors.sandbox.abilities import Ability
from luka_bot.models.job import Failure
from tests.scenario.sandbox.commands import (
    MB,
    MEMORY,
    PYTHON,
    QUOTA,
    TOKEN,
    Desk,
    hurried,
    with_network,
)


def held(ability: Ability, desk: Desk) -> bool:
    """If it isn't enforced here, it is said."""
    assert ability.enforced or ability in desk.found.abilities.weak
    return ability.enforced


async def test_other_people_s_files_are_neither_seen_nor_written(every_desk: Desk) -> None:
    desk = every_desk
    done = await desk.shell(
        f"cat ../eve/diary.txt {desk.root}/users/eve/diary.txt; ls ..; cat /etc/shadow;"
        "ln ../eve/diary.txt outputs/diary.txt; echo x >../eve/new; mv outputs ../eve/; echo done"
    )

    if held(desk.found.abilities.filesystem, desk):
        own = desk.folder.name  # bubblewrap shows that there is this one, and no other
        assert done.output.removeprefix(own).strip() == "done"
        assert [path.name for path in (desk.root / "users/eve").iterdir()] == ["diary.txt"]
        assert (desk.root / "users/eve/diary.txt").stat().st_nlink == 1
    assert "root:" not in done.output


async def test_luka_s_environment_is_not_seen(
    every_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = every_desk
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    desk.passed["AGENT_KEY"] = "for the agent"

    done = await desk.shell("env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'")

    assert TOKEN not in done.output
    names = {line.partition("=")[0] for line in done.output.splitlines()}
    ours = {"AGENT_KEY", "PATH", "HOME", "LUKA_JOB_ID", "LUKA_OUTPUTS"}
    assert ours <= names
    assert names - ours - {"PWD", "TMPDIR", "SHLVL", "OLDPWD", "_"} == set()
    assert f"HOME={desk.folder}" in done.output


async def test_a_command_does_its_work(desk: Desk) -> None:
    desk.asked = "What is it?\n" * 20_000

    done = await desk.shell(
        "wc -c; echo first >&2; printf '\\033[31mhalf\\rsecond\\033[0m\\a' >&2; touch inputs/notes;"
        "echo hello >outputs/a.txt; echo x > $HOME/b; cp outputs/a.txt ${TMPDIR:-/tmp}/c"
    )

    assert done.output == str(len(desk.asked))
    assert [file.name for file in done.outputs] == ["a.txt"]
    assert desk.told[-1] == "second"
    assert (desk.folder / "outputs/a.txt").read_text() == "hello\n"


async def test_a_link_in_the_place_of_a_section_shuts_nobody_out(desk: Desk) -> None:
    await desk.shell(
        "rm -r inputs outputs; ln -s ../eve outputs; echo x >inputs; chmod 0 workflows"
    )

    done = await desk.shell("ls inputs outputs; echo new >outputs/new.txt")

    assert "diary" not in done.output
    assert [file.name for file in done.outputs] == ["new.txt"]


async def test_odd_names_and_links_are_no_way_out(desk: Desk) -> None:
    done = await desk.shell(
        "cd outputs; ln -s /etc/passwd link; ln -s ../../eve/diary.txt diary; ln -s .. up;"
        "mkfifo pipe; echo 1 >'naïve ☕.txt'; echo 2 >\"$(printf 'two\\nlines')\";"
        "echo 3 >$(printf '%0250d' 3); echo 4 >$(printf '%0300d' 4); mkdir d; echo 5 >d/e; echo end"
    )

    assert done.output == "end"
    paths = [file.path for file in done.outputs]
    assert any(path.endswith("naïve ☕.txt") for path in paths)
    assert [path for path in paths if path.rpartition("/")[2] in {"link", "diary", "pipe"}] == []
    assert [path for path in paths if "/up" in path] == []


@pytest.mark.parametrize(
    "script",
    [
        "for i in $(seq 10000); do : >outputs/$i; done",
        "for i in $(seq 200); do mkdir d; cd d; done; sleep 60",
        "dd if=/dev/zero of=outputs/big bs=1M count=5000",
        "truncate -s 5G outputs/big && echo big",
        "for i in 1 2 3 4 5 6; do head -c 3M /dev/zero >deep$i; done; sleep 60",
    ],
    ids=["files", "depth", "file", "hole", "together"],
)
async def test_more_on_the_disk_than_there_may_be_is_taken_away_again(
    desk: Desk, script: str
) -> None:
    failure, detail = await desk.fails("sh", "-c", f"exec 2>&1; echo mine >mine; {script}")

    assert failure in {Failure.OUTPUT, Failure.EXIT}
    assert failure is Failure.OUTPUT or "code" in detail
    kept = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_blocks * 512 for path in kept) < QUOTA * MB
    assert len(kept) < 10


async def test_a_fork_bomb_is_bounded_and_then_gone(desk: Desk) -> None:
    desk = hurried(desk, 1.0)

    failure, _ = await desk.fails("sh", "-c", "b() { b | b & b; }; b 2>/dev/null; sleep 60")

    assert failure in {Failure.TIME, Failure.EXIT, Failure.MEMORY}
    assert desk.left() == []


@pytest.mark.skipif(not PYTHON, reason="no Python of the system's")
@pytest.mark.parametrize(
    "code",
    [
        f"bytes({10 * MEMORY * MB})",
        f"import os, time; os.fork(); os.fork(); x = b'x' * {MEMORY * MB // 2}; time.sleep(60)",
        f"import mmap; m = mmap.mmap(-1, {10 * MEMORY * MB})\nwhile True: m.write(bytes({MB}))",
    ],
    ids=["alone", "together", "shared"],
)
async def test_more_memory_than_there_may_be_ends_it(desk: Desk, code: str) -> None:
    failure, _ = await desk.fails(PYTHON, "-c", code)

    if held(desk.found.abilities.memory, desk):
        assert failure is Failure.MEMORY


@pytest.mark.skipif(not PYTHON, reason="no Python of the system's")
async def test_no_server_of_ours_is_reached_unless_that_is_allowed(every_desk: Desk) -> None:
    desk, path = every_desk, every_desk.root / f"{every_desk.number}.sock"
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    local = await asyncio.start_unix_server(lambda _, writer: writer.close(), path)
    path.chmod(0o777)
    port = server.sockets[0].getsockname()[1]
    call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2); print('in')"
    other = f"import socket; socket.socket(socket.AF_UNIX).connect('{path}'); print('local')"
    script = f'{PYTHON} -c "{call}"; {PYTHON} -c "{other}"; echo end'

    async with server, local:
        shut = await desk.shell(script)
        let = await with_network(desk).shell(script)

    assert let.output.startswith("in\n")
    if held(desk.found.abilities.network, desk):
        assert (shut.output, let.output) == ("end", "in\nend")
