"""A courier with the real aiogram Bot, over HTTP, against our own Telegram."""

import time
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Gaps, Paces
from luka_bot.demo.telegram import LocalTelegram, Person
from tests.scenario.delivery.writing import ANNA

QUICK = Gaps(dm=0.05, group=0.1)


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open() as telegram:
        yield telegram


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.token, session=session) as bot:
        yield bot


@pytest.fixture
def courier(bot: Bot) -> Courier:
    return Courier(bot, Paces(time.monotonic, gaps=QUICK))


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return telegram.person(ANNA, "Anna")
