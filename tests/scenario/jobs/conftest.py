"""Jobs on a real server."""

import pytest

from luka_bot.storage.client import Storage
from tests.redis_fixtures import HandClock
from tests.scenario.jobs.desk import Desk, desk_on


@pytest.fixture
def desk(storage: Storage, clock: HandClock) -> Desk:
    return desk_on(storage, clock)
