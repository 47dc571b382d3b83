"""One socket of one person in one conversation."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from luka_bot.models.clock import Clock
from luka_bot.models.conversation import ChatMessage, MessagePage
from luka_bot.models.errors import LukaError, Refused, StorageAway
from luka_bot.models.people_errors import CheckFailed
from luka_bot.patience import insist
from luka_bot.services.conversations.frames import mode_json, updated
from luka_bot.storage.chat.contract import PAGE_LIMIT, Frame
from luka_bot.web.chat.failures import NotSignedIn, failure_of
from luka_bot.web.chat.manners import Manners
from luka_bot.web.chat.outbound import as_text, bye_text, error_text, sync_texts
from luka_bot.web.chat.outbox import Out, Outbox
from luka_bot.web.chat.seat import Seat, SocketRules, Staff
from luka_bot.web.chat.writer import Writer


@dataclass(frozen=True, slots=True)
class Missed:
    """page: the first of it. resumed: it follows on what they have."""

    page: MessagePage
    resumed: bool


PASSING = frozenset({"stream", "typing"})
AWAY = 45.0  # s without a word of theirs after which others see that they aren't here


class Socket:
    """A listener of the hub, and what is written for it. first: what they missed, as it was when
    they came. now: seconds since the epoch; clock: monotonic."""

    def __init__(
        self, staff: Staff, rules: SocketRules, seat: Seat, outbox: Outbox, clock: Clock, now: Clock
    ) -> None:
        self._staff = staff
        self._rules = rules
        self._seat = seat
        self._outbox = outbox
        self._clock = clock
        self._now = now
        self._alive_at = clock()
        self._resuming = True
        self._heard = 0
        self._writer: Writer | None = None

    # what the hub brings

    def message(self, message: ChatMessage, text: str) -> None:
        """While what was missed is still read, it will be read there, too."""
        self._heard = max(self._heard, message.sequence_id)
        if not self._resuming:
            self._put(Out(text, message.sequence_id))

    def frame(self, frame: Frame, text: str) -> None:
        kind, mine = frame.get("type"), self._seat.participant
        passing = kind in PASSING
        if (passing and self._resuming) or (
            kind == "typing" and frame.get("participant_id") == mine
        ):
            return
        if kind == "error" and "agent" in frame:
            words = self._seat.words("chatweb.no_answer", name=frame["name"])
            text = as_text({**frame, "message": words})
        self._put(Out(text, passing=passing))
        if kind == "closed":
            self._outbox.finish(4403, "closed")
        if kind == "participant_update" and "participants" in frame:
            self._looks_round(frame)

    def _looks_round(self, frame: Frame) -> None:
        there = updated(self._seat.conversation, frame)
        self._seat.conversation = there
        if there.participant(self._seat.participant) is None:
            self._outbox.finish(4403, "removed")

    # from beginning to end

    async def write(self, writer: Writer, missed: Missed) -> None:
        self._writer = writer

        async def begin() -> None:
            await self._begin(writer, missed)

        await writer.run(begin, self._beat, self._rules.heartbeat)

    def end(self) -> None:
        """Nobody reads any more."""
        self._outbox.finish(1000)
        self._interrupt()

    async def read(self, ws: web.WebSocketResponse, manners: Manners) -> None:
        """Until they, or we, have closed it."""
        async for message in ws:
            self._alive_at = self._clock()
            match message.type:
                case WSMsgType.TEXT:
                    await manners.frame(message.data)
                case WSMsgType.BINARY:
                    manners.bad("frames are text")
                case WSMsgType.PING:
                    await ws.pong(message.data)
                case WSMsgType.ERROR:
                    break

    def bye(self, delay_ms: int) -> None:
        """We go; they may come again so much later."""
        self._put(Out(bye_text(delay_ms)))
        self._outbox.finish(1001, "restart")

    async def _begin(self, writer: Writer, missed: Missed) -> None:
        seat = self._seat
        participants = await self._participants()
        await writer.send(as_text(self._welcome(missed, participants)))
        try:
            await self._catch_up(writer, missed.page, participants)
        except Refused as error:
            self._end(error, 4403)
            return
        if seat.asks:
            with suppress(StorageAway):
                await self._staff.service.show_growing(seat.conversation_id, seat.participant)
        await self._staff.presence.came(seat.conversation_id, seat.participant)

    def _welcome(self, missed: Missed, participants: list[dict[str, Any]]) -> dict[str, Any]:
        conversation, rules, page = self._seat.conversation, self._rules, missed.page
        return {
            "type": "welcome",
            "conversation_id": conversation.conversation_id,
            "name": conversation.name,
            "participant_id": self._seat.participant,
            "epoch": page.epoch,
            "current_sequence_id": page.current_sequence_id,
            **mode_json(conversation),
            "participants": participants,
            "heartbeat": rules.heartbeat,
            "limits": {
                "max_message_size": rules.message_size,
                "queue_size": rules.queue_size,
                "max_participants": rules.max_participants,
            },
            "resumed": missed.resumed,
        }

    async def _participants(self) -> list[dict[str, Any]]:
        conversation = self._seat.conversation
        try:
            online = await self._staff.service.present(conversation.conversation_id)
        except StorageAway:
            online = frozenset()
        here = {*online, self._seat.participant}
        return [
            {"id": one.id, "name": one.name, "type": one.type.value, "online": one.id in here}
            for one in conversation.participants
        ]

    async def _catch_up(
        self, writer: Writer, page: MessagePage, participants: list[dict[str, Any]]
    ) -> None:
        """Written frame after frame, past the outbox, until nothing was said meanwhile."""
        while True:
            for text, number in sync_texts(page, participants):
                await writer.send(text)
                writer.sent = max(writer.sent, number)
            if len(page.messages) < PAGE_LIMIT:
                writer.sent = max(writer.sent, page.current_sequence_id)
                if self._heard <= writer.sent:
                    self._resuming = False
                    return
            page = await self._missed(writer.sent)

    async def _missed(self, after: int) -> MessagePage:
        """While the storage is away the socket stays."""
        seat = self._seat
        return await insist(
            lambda: self._staff.service.messages(
                seat.user_id, seat.conversation_id, after, PAGE_LIMIT
            )
        )

    async def _beat(self) -> None:
        silent = self._clock() - self._alive_at
        if silent >= self._rules.dead_after:
            self._outbox.finish(4408, "no pong")
            self._interrupt()
            return
        await self._ping()
        if await self._is_let_in() and silent < max(AWAY, 1.5 * self._rules.heartbeat):
            await self._staff.presence.stays(self._seat.conversation_id, self._seat.participant)

    async def _is_let_in(self) -> bool:
        """Nobody is thrown out because we can't ask."""
        try:
            await self._staff.authentication.still(self._seat.guest)
        except (StorageAway, CheckFailed):
            return True
        except NotSignedIn as error:
            self._end(error, 4401)
            return False
        except Refused as error:
            self._end(error, 4403)
            return False
        return True

    def _end(self, error: LukaError, code: int) -> None:
        self._put(Out(error_text(failure_of(error, self._seat.words, self._now))))
        self._outbox.finish(code, "signed out" if code == 4401 else "not let in")

    def _put(self, out: Out) -> None:
        if not self._outbox.put(out):
            self._outbox.finish(4409, "slow reader")
            self._interrupt()

    async def _ping(self) -> None:
        if self._writer is not None:
            await self._writer.ping()

    def _interrupt(self) -> None:
        if self._writer is not None:
            self._writer.interrupt()
