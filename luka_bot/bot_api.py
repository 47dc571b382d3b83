"""The Bot API: the client, and who we are there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import EditMessageText, Response, SendChatAction, SendMessage
from aiogram.utils.token import TokenValidationError

from luka_bot.config import Settings
from luka_bot.ingest.backoff import Backoff
from luka_bot.ingest.raw_updates import RawGetUpdates
from luka_bot.models.errors import TokenRefused
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.storage.inbox_records import InboxRecords

log = structlog.get_logger(__name__)

# aiogram reads each answer through such a type, and pydantic builds one anew (6 ms) whenever nobody
# holds it. Holding them saves luka a fifth of its work.
HELD_TYPES = tuple(
    Response[method.__returning__]  # type: ignore[name-defined] # made at run time
    for method in (SendMessage, EditMessageText, SendChatAction, RawGetUpdates)
)


@asynccontextmanager
async def open_bot(settings: Settings) -> AsyncIterator[Bot]:
    """Raises TokenRefused when the token can't be one."""
    server = TelegramAPIServer.from_base(settings.telegram_api_url)
    try:
        bot = Bot(settings.bot_token.get_secret_value(), session=AiohttpSession(api=server))
    except TokenValidationError:
        raise TokenRefused from None
    try:
        yield bot
    finally:
        await bot.session.close()


async def introduce(bot: Bot, records: InboxRecords, book: AgentBook) -> None:
    """Whose inbox this is, and who we are: people in groups call us by our name.

    Waits as long as Redis or Telegram is away. Raises StorageOfAnotherBot or TokenRefused.
    """
    await insist(lambda: records.claim(bot.id))
    try:
        await Backoff().until_done(bot.me)
    except TelegramUnauthorizedError as refused:
        raise TokenRefused from refused
    book.bot_username = (await bot.me()).username or ""
