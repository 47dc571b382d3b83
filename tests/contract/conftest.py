"""Our Telegram with aiogram at its door."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from luka_bot.demo.telegram import Group, Limits, LocalTelegram, Person
from luka_bot.storage.chat.memory import MemoryChatStorage
from luka_bot.storage.chat.redis import RedisChatStorage
from luka_bot.storage.client import Storage
from luka_bot.storage.threads import ThreadStore
from tests.contract.chat_storages import Told
from tests.redis_fixtures import HandClock


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(limits=Limits.none()) as telegram:
        yield telegram


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return telegram.person(7, "Anna", language="ru")


@pytest.fixture
def family(telegram: LocalTelegram, anna: Person) -> Group:
    return telegram.group(-100200, "Family", [anna], bot_status="administrator")


@pytest.fixture
async def bot(telegram: LocalTelegram, anna: Person) -> AsyncIterator[Bot]:
    assert anna.id == 7
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session) as bot:
        yield bot


@pytest.fixture(params=["memory", "redis"])
def told(request: pytest.FixtureRequest, storage: Storage, clock: HandClock) -> Told:
    if request.param == "memory":
        memory = MemoryChatStorage(clock)
        return Told(memory, ThreadStore(storage), clock, lambda: memory)
    redis = RedisChatStorage(storage, clock)
    return Told(redis, ThreadStore(storage), clock, lambda: RedisChatStorage(storage, clock))
