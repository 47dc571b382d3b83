"""Files that people sent, fetched from Telegram piece by piece."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import structlog
from aiogram import Bot
from aiogram.methods import GetFile
from aiogram.types import File
from aiohttp import ClientError, ClientResponseError, ClientTimeout

from luka_bot.delivery.failures import DeliveryError, Flooded, NotAccepted, Passing, Unreached
from luka_bot.delivery.tally import tallied
from luka_bot.delivery.taxonomy import FOREIGN, sorted_out
from luka_bot.models.ids import ChatId
from luka_bot.models.job_errors import FileTooBig

ASKING = ClientTimeout(total=20.0, connect=8.0)
FETCHING = ClientTimeout(total=180.0, connect=8.0, sock_read=30.0)  # for 20 MB on a slow line
TELEGRAM_LIMIT = 20 << 20  # bytes that bots may fetch; a Bot API server of one's own takes more
CHUNK = 64 << 10  # bytes
TRIES = 5
FIRST_PAUSE = 0.5  # s before the second try, doubling
UNTOLD_FLOOD = 1.0  # s; a 429 that doesn't say how long

_TOO_BIG = "file is too big"
_NOWHERE = ChatId(0)

log = structlog.get_logger(__name__)


class Downloads:
    """pause in seconds: before the second try, doubling."""

    def __init__(self, bot: Bot, pause: float = FIRST_PAUSE) -> None:
        self._bot = bot
        self._pause = pause

    async def stream(
        self, file_id: str, size: int | None, limit: int, name: str = ""
    ) -> AsyncIterator[bytes]:
        """size: as the message tells it. limit: in bytes. name: for FileTooBig.

        Raises FileTooBig, also for what Telegram gives to no bot; a DeliveryError when Telegram
        refuses, or after TRIES. A retry_after is waited out and is no try.
        """
        if (size or 0) > limit:
            raise FileTooBig(name, limit)
        got, tries = 0, 0
        while True:
            try:
                async with aclosing(self._from(got, file_id, name)) as chunks:
                    async for chunk in chunks:
                        got += len(chunk)
                        if got > limit:
                            raise FileTooBig(name, limit)
                        yield chunk
            except Passing as failure:
                tries += not isinstance(failure, Flooded)
                if tries == TRIES:
                    raise
                log.info("download.repeated", why=type(failure).__name__)
                pause = _pause(failure, self._pause * 2.0 ** (tries - 1))
            else:
                return
            await asyncio.sleep(pause)

    async def _from(self, start: int, file_id: str, name: str) -> AsyncGenerator[bytes, None]:
        """Without the first start bytes: they arrived in an earlier try."""
        file = await self._asked(file_id, name)
        passed = 0
        async with aclosing(self._fetched(file.file_path or "")) as chunks:
            async for chunk in chunks:
                passed += len(chunk)
                if (new := min(passed - start, len(chunk))) > 0:
                    yield chunk[len(chunk) - new :]
        if passed < (file.file_size or 0):
            raise Unreached

    async def _asked(self, file_id: str, name: str) -> File:
        call = GetFile(file_id=file_id)
        try:
            with tallied(call.__api_method__):
                return await self._bot(call, request_timeout=ASKING)  # type: ignore[arg-type]  # aiohttp's
        except FOREIGN as error:
            if _TOO_BIG in str(error).lower():
                raise FileTooBig(name, TELEGRAM_LIMIT) from error
            raise sorted_out(error, _NOWHERE) from error

    async def _fetched(self, path: str) -> AsyncGenerator[bytes, None]:
        """The address holds the token and aiohttp's errors hold the address: they end here."""
        session = self._bot.session
        url = session.api.file_url(self._bot.token, path)
        failure: DeliveryError | None = None
        stream = session.stream_content(url, timeout=FETCHING, chunk_size=CHUNK)  # type: ignore[arg-type]  # aiohttp's
        try:
            async with aclosing(stream) as chunks:
                async for chunk in chunks:
                    yield chunk
        except (ClientError, TimeoutError) as error:
            failure = _sorted_out(error)
        if failure is not None:
            raise failure


def _sorted_out(error: Exception) -> DeliveryError:
    """A path that isn't known any more is asked for anew by the next try."""
    if not isinstance(error, ClientResponseError):
        return Unreached()
    if error.status == 429:
        told = error.headers.get("Retry-After", "") if error.headers else ""
        return Flooded(float(told) if told.isdecimal() else None)
    if error.status == 404 or error.status >= 500:
        return Unreached()
    return NotAccepted(f"status {error.status}")


def _pause(failure: Passing, usual: float) -> float:
    match failure:
        case Flooded(seconds=float() | int() as seconds):
            return seconds
        case Flooded():
            return UNTOLD_FLOOD
        case _:
            return usual
