"""Commands behind every kind of walls that this machine has."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from luka_bot.executors.sandbox.abilities import Detected
from tests.scenario.sandbox.commands import (
    KINDS,
    Desk,
    detected,
)


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """Not pytest's own folder: that one is for luka's user alone."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        place.chmod(0o755)
        (place / "users" / "eve").mkdir(parents=True)
        (place / "users" / "eve").chmod(0o777)  # so that only a wall keeps anybody out
        secret = place / "users" / "eve" / "diary.txt"
        secret.write_text("Dear diary")
        secret.chmod(0o644)
        yield place


def found_here(kind: str, root: Path) -> Detected:
    here = detected(kind, root)
    if kind == "bubblewrap" and not here.walls.bubblewrap:
        pytest.skip("bubblewrap isn't installed, or doesn't work here")
    assert not here.refusal
    return here


@pytest.fixture(scope="module", params=["bubblewrap", "kernel"])
def found(request: pytest.FixtureRequest, root: Path) -> Detected:
    return found_here(str(request.param), root)


@pytest.fixture(scope="module", params=list(KINDS))
def found_in_every_way(request: pytest.FixtureRequest, root: Path) -> Detected:
    return found_here(str(request.param), root)


@pytest.fixture
def desk(found: Detected, root: Path) -> Iterator[Desk]:
    made = Desk(found, root)
    yield made
    assert made.left() == []


@pytest.fixture
def every_desk(found_in_every_way: Detected, root: Path) -> Iterator[Desk]:
    made = Desk(found_in_every_way, root)
    yield made
    assert made.left() == []
