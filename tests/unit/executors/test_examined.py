"""What the doctor says of commands."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from luka_bot.config import Settings
from luka_bot.config_fields.jobs import JobSettings, JobType
from luka_bot.executors.examined import examined
from luka_bot.executors.sandbox.disk import names_in

HERE = {"PATH": os.defpath}


@pytest.fixture
def place() -> Iterator[Path]:
    """Where a user of its own may come, as pytest's folders are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def settings_of(command: str, place: Path) -> Settings:
    return Settings(
        job_types={"general": JobType(executor="command")},
        jobs=JobSettings(command=command),
        workspaces_dir=str(place),
    )


async def test_what_is_around_commands_is_told(place: Path) -> None:
    found = await examined(settings_of("sh -c 'cat'", place), HERE)

    assert found.remedy == ""
    assert found.says.endswith("limits")
    assert not names_in(str(place))


@pytest.mark.parametrize(
    ("command", "says"),
    [("", "jobs of type general have none"), ("no-such-agent -p", "there is no no-such-agent")],
)
async def test_a_command_that_cannot_be_is_told_with_a_remedy(
    place: Path, command: str, says: str
) -> None:
    found = await examined(settings_of(command, place), HERE)

    assert found.says == says
    assert "JOBS__COMMAND" in found.remedy


async def test_a_program_that_exists_for_luka_alone_is_told(place: Path) -> None:
    agent = place / "agent"
    agent.write_text("#!/bin/sh\n")
    agent.chmod(0o755)

    found = await examined(settings_of("agent -p", place / "files"), {"PATH": str(place)})

    if found.says != "run behind limits":
        assert f"{agent.resolve()} is nothing that commands may read" in found.note


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs commands as somebody else")
async def test_a_place_that_commands_cannot_reach_is_told(place: Path) -> None:
    shut = place / "shut"
    shut.mkdir(mode=0o700)

    found = await examined(settings_of("sh", shut / "files"), HERE)

    assert "no command can run here" in found.says
    assert "choose another" in found.remedy
