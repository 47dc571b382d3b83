"""A running bot, and Anna who talks to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.demo.telegram import Person
from tests.luka import Luka, running_luka


@pytest.fixture
async def luka(tmp_path: Path) -> AsyncIterator[Luka]:
    async with running_luka(tmp_path) as running:
        yield running


@pytest.fixture
def anna(luka: Luka) -> Person:
    return luka.telegram.person(7, "Anna")
