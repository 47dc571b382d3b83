"""One house of conversations and one Chromium for all that people see on the page /app."""

import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from chaos.relay import Relay, relay
from tests.scenario.browser.app.visiting import Visits
from tests.scenario.browser.conftest import FLAGS, NAMES
from tests.scenario.web.chat_house import NAMES as KNOWN
from tests.scenario.web.chat_house import ChatHouse, chat_house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ChatHouse]:
    async with chat_house(tmp_path_factory.mktemp("app")) as house:
        for number in KNOWN:  # whoever is invited by number is somebody whom luka has met
            await house.person(number)
        yield house


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visits(house: ChatHouse) -> AsyncIterator[Visits]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no Chromium on PATH (looked for {', '.join(NAMES)})")
    expect.set_options(timeout=15_000)  # ms; the machine may be busy
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield Visits(house, browser)
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def people(visits: Visits) -> AsyncIterator[Visits]:
    """Fails the test if a page complained in its console, of a breach of its policy too."""
    yield visits
    await visits.leave()
    complaints = list(visits.complaints)
    visits.complaints.clear()
    assert complaints == []


@pytest_asyncio.fixture(loop_scope="module")
async def wire(house: ChatHouse) -> AsyncIterator[Relay]:
    """Between a browser and luka."""
    port = int(house.home.rpartition(":")[2])
    async with relay(port) as wire:
        yield wire
