"""All sockets of this process: who may open one, and how they end when we do."""

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import structlog
from aiohttp import hdrs, web

from luka_bot.background import Background
from luka_bot.models.clock import Clock
from luka_bot.models.conversation import Conversation
from luka_bot.models.conversation_errors import NotInConversation
from luka_bot.models.ids import ParticipantId, ThreadId, UserId
from luka_bot.models.participant import Door
from luka_bot.services.conversations.frames import VERSION
from luka_bot.storage.chat.contract import PAGE_LIMIT
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.bodies import LAST, SocketQuery
from luka_bot.web.chat.counters import CLOSED, HANDSHAKE_SECONDS, PEOPLE, SOCKET_SECONDS, SOCKETS
from luka_bot.web.chat.failures import AtTheDoor, BadFrame, Code
from luka_bot.web.chat.manners import FRAME_SIZE, Manners
from luka_bot.web.chat.origins import by_tls
from luka_bot.web.chat.outbox import Outbox
from luka_bot.web.chat.pace import Pace
from luka_bot.web.chat.seat import Seat, SocketRules, Staff
from luka_bot.web.chat.socket import Missed, Socket
from luka_bot.web.chat.writer import CLOSE_SECONDS, Writer

BYE_SECONDS = 3.0  # that all may take to hear that we go
FIRST_DELAY, LAST_DELAY = 500, 5000  # ms after which they come again, not all at once
PACES = 10_000  # people of whom it is known how much they said lately

_Place = tuple[ThreadId, ParticipantId]

log = structlog.get_logger(__name__)


class Sockets:
    """now: seconds since the epoch; clock: monotonic."""

    def __init__(
        self, staff: Staff, rules: SocketRules, background: Background, now: Clock, clock: Clock
    ) -> None:
        self._staff = staff
        self._rules = rules
        self._background = background
        self._now = now
        self._clock = clock
        self._open: set[Socket] = set()
        self._places: Counter[_Place] = Counter()
        self._spoken: dict[UserId, Pace] = {}
        self._closing = False
        self._empty = asyncio.Event()

    @property
    def count(self) -> int:
        return len(self._open)

    async def open(self, asked: Asked) -> web.StreamResponse:
        began = self._clock()
        self._check(asked.request)
        place = (asked.conversation_id, asked.participant)
        if self._places[place] >= self._rules.per_human:
            raise AtTheDoor(Code.RATE_LIMITED, "chatweb.sockets", retry_after=5)
        self._enter(place)
        try:
            return await self._opened(asked, began)
        finally:
            await self._leave(place)

    async def bye(self) -> None:
        """Everybody is told that we go, and when to come again."""
        self._closing = True
        for socket in list(self._open):
            socket.bye(random.randint(FIRST_DELAY, LAST_DELAY))
        self._empty.clear()
        if not self._places:
            return
        try:
            async with asyncio.timeout(BYE_SECONDS):
                await self._empty.wait()
        except TimeoutError:
            log.info("chat.sockets_left", count=len(self._open))

    def _check(self, request: web.Request) -> None:
        """Raises AtTheDoor where there can't be a socket."""
        if self._rules.require_wss and not by_tls(request):
            raise AtTheDoor(Code.FORBIDDEN, "chatweb.plain")
        if request.headers.get(hdrs.UPGRADE, "").lower() != "websocket":
            raise BadFrame("this address takes WebSocket connections")
        if self._closing:
            raise AtTheDoor(Code.STORAGE_UNAVAILABLE, "chatweb.restart", retry_after=2)

    async def _opened(self, asked: Asked, began: float) -> web.StreamResponse:
        conversation = await self._entered(asked)
        seat = Seat(asked.guest, asked.words, conversation)
        outbox = Outbox()
        socket = Socket(self._staff, self._rules, seat, outbox, self._clock, self._now)
        hub, conversation_id = self._staff.hub, conversation.conversation_id
        with hub.listening(conversation_id, asked.participant, socket):
            missed = await self._missed(asked, conversation)
            ws = await _prepared(asked.request)
            HANDSHAKE_SECONDS.observe(self._clock() - began)
            writer = Writer(ws, asked.request.transport, outbox, self._clock)
            spoken = self._pace(seat.user_id)
            manners = Manners(self._staff, self._rules, seat, outbox, spoken, self._now)
            self._open.add(socket)
            try:
                await self._live(socket, ws, manners, socket.write(writer, missed))
            finally:
                self._open.discard(socket)
                CLOSED.labels(str(ws.close_code or 1006)).inc()
                SOCKET_SECONDS.observe(self._clock() - began)
        return ws

    async def _live(
        self,
        socket: Socket,
        ws: web.WebSocketResponse,
        manners: Manners,
        writing: Coroutine[Any, Any, None],
    ) -> None:
        """Two tasks: this one reads, another writes, and it is the one that closes."""
        if self._closing:
            socket.bye(FIRST_DELAY)
        SOCKETS.inc()
        task = self._background.spawn("write to a socket", writing)
        try:
            await socket.read(ws, manners)
        finally:
            socket.end()
            await asyncio.wait([task])
            SOCKETS.dec()

    async def _entered(self, asked: Asked) -> Conversation:
        """Who takes no part learns by 403 that there is such a conversation, and no more."""
        try:
            return await self._staff.service.enter(asked.speaker, asked.conversation_id, Door.WEB)
        except NotInConversation as error:
            raise AtTheDoor(Code.FORBIDDEN, "chatweb.not_member") from error

    async def _missed(self, asked: Asked, conversation: Conversation) -> Missed:
        query = asked.read(SocketQuery)
        known = query.last_seq if query.epoch in {"", conversation.epoch} else None
        limit = LAST if known is None else PAGE_LIMIT
        page = await self._staff.service.messages(
            asked.guest.user_id, conversation.conversation_id, known, limit
        )
        if known is None:
            page = replace(page, reset=True)
        return Missed(page, resumed=not page.reset)

    def _pace(self, user_id: UserId) -> Pace:
        """One for all their sockets; who comes again has no more room than before."""
        if len(self._spoken) > PACES:
            self._spoken = {who: pace for who, pace in self._spoken.items() if not pace.is_idle}
        pace = self._spoken.get(user_id)
        if pace is None:
            pace = self._spoken[user_id] = Pace(self._rules.per_10s, 10.0, self._clock)
        return pace

    def _enter(self, place: _Place) -> None:
        self._places[place] += 1
        PEOPLE.set(len({who for _, who in self._places}))

    async def _leave(self, place: _Place) -> None:
        self._places[place] -= 1
        if not self._places[place]:
            del self._places[place]
            PEOPLE.set(len({who for _, who in self._places}))
            await self._staff.presence.left(*place)
        if not self._places:
            self._empty.set()


async def _prepared(request: web.Request) -> web.WebSocketResponse:
    offers = hdrs.SEC_WEBSOCKET_PROTOCOL in request.headers
    ws = web.WebSocketResponse(
        timeout=CLOSE_SECONDS,
        autoping=False,  # we ping ourselves: aiohttp closes after half an interval without a pong
        compress=False,  # for frames as small as these it costs more than it saves
        max_msg_size=2 * FRAME_SIZE,  # what is too long is told so; what is far too long isn't read
        protocols=(VERSION,) if offers else (),
    )
    try:
        await ws.prepare(request)
    except web.HTTPException as error:
        raise BadFrame("no WebSocket handshake") from error
    return ws
