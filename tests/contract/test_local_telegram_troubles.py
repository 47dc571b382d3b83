"""aiogram raises for our Telegram's troubles what it raises for those of the real one."""

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import SendRichMessage, TelegramMethod
from aiogram.types import InputRichMessage, Message

from luka_bot.demo.telegram import Fault, Limits, LocalTelegram, Person, Rate

FAULTS: list[tuple[Fault, type[Exception]]] = [
    (Fault.flood(2), TelegramRetryAfter),
    (Fault.cannot_parse(), TelegramBadRequest),
    (Fault.server_error(), TelegramServerError),
    (Fault.refuse(403, "Forbidden: user is deactivated"), TelegramForbiddenError),
    (Fault.garbage(), ClientDecodeError),
    (Fault.cut_before(), TelegramNetworkError),
    (Fault.cut_after(), TelegramNetworkError),
]


@pytest.mark.parametrize(("fault", "error"), FAULTS)
async def test_every_trouble_is_the_error_that_the_real_one_would_be(
    bot: Bot, telegram: LocalTelegram, fault: Fault, error: type[Exception]
) -> None:
    telegram.faults.add("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(7, "x")


async def test_silence_is_a_timeout(bot: Bot, telegram: LocalTelegram) -> None:
    telegram.faults.add("sendMessage", Fault.silence())
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(7, "x", request_timeout=1)


async def test_a_flood_tells_how_long(bot: Bot, telegram: LocalTelegram) -> None:
    telegram.world.flood.limits = Limits(private=Rate(1, 0.1))
    await bot.send_message(7, "passes")
    with pytest.raises(TelegramRetryAfter) as flooded:
        await bot.send_message(7, "too soon")
    assert flooded.value.retry_after == 10
    assert telegram.said(7) == ["passes"]


async def test_unknown_methods_and_tokens_are_told(bot: Bot, telegram: LocalTelegram) -> None:
    rich: TelegramMethod[Message] = SendRichMessage(
        chat_id=7, rich_message=InputRichMessage(markdown="x")
    )
    with pytest.raises(TelegramNotFound):
        await bot(rich)
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot("2:other", session=session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
    with pytest.raises(TelegramAPIError, match="message text is empty"):
        await bot.send_message(7, "")


async def test_a_group_that_became_another_and_an_account_that_ended_are_told(
    bot: Bot, telegram: LocalTelegram, anna: Person
) -> None:
    club = telegram.group(-5200, "Club", [anna], kind="group")
    await club.becomes_supergroup(-1000000005200)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(-5200, "x")
    assert moved.value.migrate_to_chat_id == -1000000005200
    await anna.deactivates()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(7, "x")
