"""Requests, and what luka answers to them."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from yarl import URL

from luka_bot.client.errors import ChatError, Unreachable, error_from, error_of_status
from luka_bot.client.wire import Credentials


class Http:
    """base: ends with a slash."""

    def __init__(self, session: aiohttp.ClientSession, base: URL, token: str) -> None:
        self.session = session
        self.token = token
        self._base = base

    def url(self, path: str) -> URL:
        return self._base / path

    async def ask(
        self,
        method: str,
        path: str,
        wish: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, int] | None = None,
    ) -> dict[str, Any]:
        """The JSON of the answer, empty where there is none. Raises a ChatError."""
        async with self.request(method, path, wish, query=query) as answer:
            return {} if answer.status == 204 else await answer.json()

    @asynccontextmanager
    async def request(
        self,
        method: str,
        path: str,
        wish: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, int] | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Raises a ChatError for all that is no success."""
        headers = {"Authorization": Credentials(self.token).header} if self.token else None
        try:
            async with self.session.request(
                method, self.url(path), json=wish, params=query, headers=headers
            ) as answer:
                if answer.status >= 400:
                    raise await _error_in(answer)
                yield answer
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise Unreachable(str(error)) from error


async def _error_in(answer: aiohttp.ClientResponse) -> ChatError:
    try:
        return error_from(json.loads(await answer.text())["error"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return error_of_status(answer.status, answer.headers.get("Retry-After"))
