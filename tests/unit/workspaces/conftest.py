from pathlib import Path

import pytest

from tests.unit.workspaces.rooms import Rooms, furnished


@pytest.fixture
async def rooms(tmp_path: Path) -> Rooms:
    return await furnished(tmp_path)
