"""Our Telegram with aiogram at its door."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from luka_bot.demo.telegram import Group, Limits, LocalTelegram, Person


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
