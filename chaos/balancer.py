"""What stands before the replicas: a round robin that leaves out who doesn't listen."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from chaos.relay import HOST

LONGEST_DELAY = 0.15  # s; so updates of different chats and kinds overtake each other
TWICE = 0.03  # how often an update reaches two replicas at once
UNHEARD = 0.02  # how often Telegram doesn't hear that it was taken
PATIENCE = aiohttp.ClientTimeout(total=20, connect=1)


class Balancer:
    def __init__(self, ports: Sequence[int], chance: random.Random) -> None:
        self.url = ""
        self.calm = False
        """Nothing more goes wrong here."""
        self.ports = ports
        self._chance = chance
        self._turns = itertools.count()
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        app = web.Application()
        app.add_routes([web.post("/{path:.*}", self._post)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            async with aiohttp.ClientSession(timeout=PATIENCE) as self._session:
                await web.TCPSite(runner, HOST, 0).start()
                self.url = f"http://{HOST}:{runner.addresses[0][1]}"
                yield
        finally:
            await runner.cleanup()

    async def _post(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.calm:
            return await self._passed_on(request, body)
        await asyncio.sleep(self._chance.uniform(0, LONGEST_DELAY))
        copies = 2 if self._chance.random() < TWICE else 1
        answers = await asyncio.gather(*(self._passed_on(request, body) for _ in range(copies)))
        unheard = self._chance.random() < UNHEARD
        return web.Response(status=504) if unheard else answers[0]

    async def _passed_on(self, request: web.Request, body: bytes) -> web.Response:
        """What the first replica says that listens; 502 if none does."""
        first = next(self._turns)
        for step in range(len(self.ports)):
            port = self.ports[(first + step) % len(self.ports)]
            try:
                return await self._asked(port, request, body)
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                break
        return web.Response(status=502)

    async def _asked(self, port: int, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        names = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
        headers = {name: request.headers[name] for name in names if name in request.headers}
        url = f"http://{HOST}:{port}{request.path_qs}"
        async with self._session.post(url, data=body, headers=headers) as answer:
            wish = {
                name: answer.headers[name] for name in ("Retry-After",) if name in answer.headers
            }
            return web.Response(status=answer.status, headers=wish)
