"""An intake between a real inbox and handlers of our own making."""

from collections.abc import AsyncIterator

import pytest

from luka_bot.ingest.intake import Intake
from luka_bot.storage.inbox import Inbox
from tests.unit.ingest.taking import Handlers, Told


@pytest.fixture
def handlers() -> Handlers:
    return Handlers()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def intake(inbox: Inbox, handlers: Handlers, told: Told) -> AsyncIterator[Intake]:
    intake = Intake(inbox, handlers, told, caution=0)
    yield intake
    await intake.drop()
