import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from tests.scenario.conversations.house import Home, Kept, Stores, at_home


@pytest.fixture
def stores(storage: Storage, threads: ThreadService) -> Stores:
    return Stores(storage, RedisChatStorage(storage, time.time), threads, Kept(storage))


@pytest_asyncio.fixture
async def home(stores: Stores) -> AsyncIterator[Home]:
    async with at_home(stores) as home:
        yield home
