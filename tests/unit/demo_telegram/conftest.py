"""Our Telegram, and a bare HTTP client for it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

import aiohttp
import pytest

from luka_bot.demo.telegram import Limits, LocalTelegram, Person
from tests.unit.demo_telegram.answer import Answer


class Api(Protocol):
    def __call__(self, method: str, **params: object) -> Awaitable[Answer]: ...


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram.open(limits=Limits.none()) as telegram:
        yield telegram


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return telegram.person(7, "Anna")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(telegram: LocalTelegram, session: aiohttp.ClientSession) -> Callable[..., object]:
    async def call(method: str, **params: object) -> Answer:
        url = f"{telegram.url}/bot{telegram.token}/{method}"
        async with session.post(url, json=params) as response:
            return Answer(response.status, await response.json())

    return call
