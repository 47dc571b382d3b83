"""A running bot in a group of two people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.luka import running_luka
from tests.scenario.groups.family import Family, family_of


@pytest.fixture
async def family(tmp_path: Path) -> AsyncIterator[Family]:
    async with running_luka(tmp_path) as luka:
        yield family_of(luka)
