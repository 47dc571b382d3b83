"""Which server is started when no Redis was given."""

from pathlib import Path

import pytest

from luka_bot.storage.binary import OLDEST, bundled_binary, server_binary, version


def program(folder: Path, name: str, says: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_the_package_still_brings_its_program_where_we_look() -> None:
    binary = bundled_binary()
    assert binary is not None
    assert version(binary) >= OLDEST


def test_a_new_server_on_the_path_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = program(tmp_path, "redis-server", "Redis server v=7.2.4 sha=0:0 malloc=libc bits=64")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert server_binary() == ours


@pytest.mark.parametrize("says", ["Redis server v=6.2.14 sha=0:0", "Redis server v=7.0.15", "?"])
def test_an_old_server_on_the_path_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    program(tmp_path, "redis-server", says)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert server_binary() == bundled_binary()


def test_what_cant_be_run_has_no_version(tmp_path: Path) -> None:
    assert version(tmp_path / "nothing") == (0, 0)
