"""One bot a file for all that three friends share; each scenario has a thread of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from chaos.ports import free_port
from tests.luka import running_luka
from tests.scenario.people.house import ADMINS
from tests.scenario.sharing.circle import Circle


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def circle(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Circle]:
    opening = running_luka(
        tmp_path_factory.mktemp("sharing"),
        admin_chat_id=ADMINS,
        access="open",
        flood_per_minute=0,
        web_port=free_port(),
        agents=[{"name": "chef", "title": "Chef", "system_prompt": "You cook."}],
        chat={"limits": {"dm_participants": 2}},
    )
    async with opening as luka:
        telegram = luka.telegram
        olga = telegram.person(9, "Olga")
        telegram.group(ADMINS, "luka's admins", [olga])
        anna, boris = telegram.person(7, "Anna"), telegram.person(8, "Boris")
        yield Circle(luka, anna, boris, telegram.person(10, "Vera"))
