"""Folders of people on a real disk."""

from pathlib import Path

import pytest

from luka_bot.workspaces.workspaces import Workspaces
from tests.unit.workspaces.shelf import workspaces_at


@pytest.fixture
def workspaces(tmp_path: Path) -> Workspaces:
    return workspaces_at(tmp_path / "all")
