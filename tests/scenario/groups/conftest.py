"""One running bot for each file; each scenario has a group of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chaos.ports import free_port
from tests.luka import Luka, running_luka
from tests.scenario.groups.family import Family, family_of


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def luka(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Luka]:
    folder = tmp_path_factory.mktemp("groups")
    async with running_luka(folder, flood_per_minute=0, web_port=free_port()) as luka:
        yield luka


@pytest.fixture
def family(luka: Luka) -> Family:
    return family_of(luka)
