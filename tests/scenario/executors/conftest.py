"""A folder for files, and the line in front of the model."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.background import Background
from luka_bot.services.model_line import ModelLine
from luka_bot.storage.client import Storage
from luka_bot.storage.line import LineLimits, LineStore
from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces


@pytest.fixture
async def line(storage: Storage) -> AsyncIterator[ModelLine]:
    """One answer at a time."""
    async with Background() as background:
        store = LineStore(storage, LineLimits(1, 1), time.time)
        yield ModelLine(store, background, time.monotonic, lambda _: False)


@pytest.fixture
def workspaces(tmp_path: Path) -> Workspaces:
    limits = WorkspaceLimits(quota=100_000, files=200, endings=frozenset({"csv", "py", "png"}))
    return Workspaces(tmp_path, limits, time.time, "UTC")
