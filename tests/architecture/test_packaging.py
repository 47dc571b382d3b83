"""What is installed is what stands in the tree."""

import os
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE, ROOT, run

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of a freshly built wheel's files."""
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_every_file_of_the_package(wheel: set[str]) -> None:
    files = {
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert files - wheel == set()


def test_the_wheel_carries_nothing_beside_the_package(wheel: set[str]) -> None:
    strangers = {name for name in wheel if not name.startswith(("luka_bot/", "luka_bot-"))}

    assert strangers == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.findall(r"^[a-z0-9].*\n(?: .*\n)*", text, re.MULTILINE)

    assert entries
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text


def test_locks_agree_with_each_other() -> None:
    """All three may go into one environment. A package may have a version for each Python."""
    versions: dict[str, set[frozenset[str]]] = {}
    for lock in LOCKS:
        pinned = re.findall(
            r"^([a-z0-9.-]+)(?:\[\S+\])?==([^\s;]+)", lock.read_text(), re.MULTILINE
        )
        for name in {name for name, _ in pinned}:
            found = frozenset(version for each, version in pinned if each == name)
            versions.setdefault(name, set()).add(found)

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_everything_that_the_project_depends_on_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for lock, wanted in {
        "run.txt": project["project"]["dependencies"],
        "dev.txt": [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]],
        "build.txt": project["build-system"]["requires"],
    }.items():
        text = (ROOT / "requirements" / lock).read_text("utf-8")
        for name in (re.split(r"[\[<>=;]", requirement)[0] for requirement in wanted):
            assert re.search(rf"^{name}(\[.*\])?==", text, re.MULTILINE), f"{name} in {lock}"


def test_the_gate_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
