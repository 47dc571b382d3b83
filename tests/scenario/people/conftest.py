"""A bot that admins let people into: Olga looks after it, Anna is in, Boris isn't."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.luka import Luka, running_luka
from tests.scenario.people.house import ADMINS, ANNA, House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    opening = running_luka(tmp_path, access="approval", admin_chat_id=ADMINS, allowed_ids=str(ANNA))
    async with opening as luka:
        yield furnished(luka)


def furnished(luka: Luka) -> House:
    telegram = luka.telegram
    olga, anna = telegram.person(9, "Olga"), telegram.person(ANNA, "Anna")
    boris = telegram.person(8, "Борис", language="ru", username="boris")
    telegram.group(ADMINS, "luka's admins", [olga])
    return House(luka, olga, anna, boris)
