"""luka's conversations over HTTP, and the way into one."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Self

import aiohttp
from yarl import URL

from luka_bot.client.acks import Acks
from luka_bot.client.backoff import Backoff
from luka_bot.client.hearing import Hearing
from luka_bot.client.http import Http
from luka_bot.client.keeping import Ears, Keeping
from luka_bot.client.outbox import Outbox
from luka_bot.client.replies import (
    ConversationInfo,
    Invite,
    Listed,
    Page,
    Position,
    conversation_from,
    listed_from,
    page_from,
)
from luka_bot.client.talk import Talk
from luka_bot.client.times import Times
from luka_bot.client.wire import Auth, Credentials, Wire, dialled

RETRIES = 10


class ChatClient:
    """Made by `open`. Every method raises a ChatError."""

    def __init__(self, http: Http, auth: Auth, max_retries: int, times: Times) -> None:
        self._http = http
        self._auth: Auth = auth
        self._max_retries = max_retries
        self._times = times

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str,
        token: str = "",
        *,
        auth: Auth = "header",
        max_retries: int = RETRIES,
        times: Times | None = None,
    ) -> AsyncIterator[Self]:
        """url: as `http://127.0.0.1:5001`. token: of a session, or `tma <initData>`.

        auth: how a socket says it; browsers know only the subprotocol. max_retries: how often a
        talk tries to connect before it is lost."""
        timeout = aiohttp.ClientTimeout(total=None, connect=10, sock_read=60)
        connector = aiohttp.TCPConnector(limit=0)  # a socket is a connection, and many are fine
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            http = Http(session, URL(url.rstrip("/") + "/"), token)
            yield cls(http, auth, max_retries, times or Times())

    @property
    def token(self) -> str:
        return self._http.token

    @token.setter
    def token(self, token: str) -> None:
        """For all requests and connections from now on."""
        self._http.token = token

    async def sign_in(self, init_data: str) -> str:
        """With what Telegram gives a Mini App; the token is ours from now on. Our id."""
        said = await self._http.ask("POST", "auth/telegram", {"init_data": init_data})
        self.token = said["token"]
        return str(said["participant_id"])

    async def create(
        self,
        name: str | None = None,
        participants: Sequence[str] = (),
        agents: Sequence[str] | None = None,
    ) -> ConversationInfo:
        """participants: their ids, as `tg:7`. agents None: luka alone."""
        wish: dict[str, object] = {"participants": list(participants)}
        wish |= {} if name is None else {"name": name}
        wish |= {} if agents is None else {"agents": list(agents)}
        return conversation_from(await self._http.ask("POST", "chat/conversations", wish))

    async def conversations(self) -> tuple[Listed, ...]:
        """Those that we take part in."""
        said = await self._http.ask("GET", "chat/conversations")
        return tuple(map(listed_from, said["conversations"]))

    async def rename(self, conversation_id: str, name: str) -> ConversationInfo:
        """Its owner's right; everybody who is in it hears of it."""
        said = await self._http.ask("PATCH", f"chat/{conversation_id}", {"name": name})
        return conversation_from(said)

    async def messages(
        self, conversation_id: str, after: int | None = None, limit: int = 100
    ) -> Page:
        """after None: the last ones. limit: 300 at most."""
        query = {"limit": limit} | ({} if after is None else {"after": after})
        path = f"chat/{conversation_id}/messages"
        return page_from(await self._http.ask("GET", path, query=query))

    async def invite(
        self, conversation_id: str, uses: int = 1, expires_in: float = 86400
    ) -> Invite:
        """expires_in: seconds."""
        wish = {"uses": uses, "expires_in": expires_in}
        said = await self._http.ask("POST", f"chat/{conversation_id}/invites", wish)
        return Invite(said["token"], said["url"])

    async def join(self, token: str) -> ConversationInfo:
        return conversation_from(await self._http.ask("POST", f"chat/join/{token}"))

    async def leave(self, conversation_id: str, participant_id: str) -> None:
        """participant_id: our own, or somebody's whom the owner removes."""
        await self._http.ask("DELETE", f"chat/{conversation_id}/participants/{participant_id}")

    async def redact(self, conversation_id: str, sequence_id: int) -> None:
        """Take the words of a message back, for everybody."""
        await self._http.ask("POST", f"chat/{conversation_id}/messages/{sequence_id}/redact")

    async def ask(self, content: str) -> AsyncIterator[str]:
        """The bare model: its answer in parts, and nothing is kept."""
        async with self._http.request("POST", "ask", {"content": content}) as answer:
            async for line in answer.content:
                part = json.loads(line)
                if "delta" in part:
                    yield part["delta"]

    @asynccontextmanager
    async def conversation(
        self, conversation_id: str, since: Position | None = None
    ) -> AsyncIterator[Talk]:
        """Connected when it enters, and again whenever the connection breaks. since: where an
        earlier talk ended; None: from the last messages on.

        Whoever sends should also take what comes: it waits in memory until then."""
        keeping, ears = self._kept(conversation_id, since)
        failure: Exception | None = None
        async with asyncio.TaskGroup() as group:
            running = group.create_task(keeping.run())
            try:
                await keeping.connected()
                yield Talk(keeping, ears, self._times)
                await keeping.acknowledge(last=True)
            except Exception as error:  # noqa: BLE001 - raised below, where no group wraps it
                failure = error
            finally:
                running.cancel()
        if failure is not None:
            raise failure

    def _kept(self, conversation_id: str, since: Position | None) -> tuple[Keeping, Ears]:
        times = self._times
        acks = Acks(times.now)
        ears = Ears(Hearing(since, acks), Outbox(), acks)

        def dial(position: Position | None) -> AbstractAsyncContextManager[Wire]:
            url = self._http.url(f"chat/ws/{conversation_id}")
            if position is not None:
                url = url.with_query(last_seq=position.last_seq, epoch=position.epoch)
            credentials = Credentials(self.token, self._auth)
            return dialled(self._http.session, url, credentials, times.now)

        return Keeping(dial, ears, Backoff(self._max_retries, times.chance), times), ears
