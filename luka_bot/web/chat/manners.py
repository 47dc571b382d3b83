"""What each frame that somebody sends does."""

from dataclasses import replace

import structlog

from luka_bot.models.clock import Clock
from luka_bot.models.conversation import Stored
from luka_bot.models.conversation_errors import MessageTooLong, NotInConversation, NotIntroduced
from luka_bot.models.errors import LukaError, ThreadGone
from luka_bot.models.participant import Door
from luka_bot.models.rights import Action
from luka_bot.services.access import Attempt
from luka_bot.services.conversations.agents.deciding import Decision
from luka_bot.services.conversations.saying import Saying
from luka_bot.web.chat.counters import ERRORS, FRAMES_IN, SAY_SECONDS
from luka_bot.web.chat.door import attempt
from luka_bot.web.chat.failures import (
    AtTheDoor,
    BadFrame,
    Code,
    NotSignedIn,
    TooMuch,
    failure_of,
)
from luka_bot.web.chat.inbound import (
    Inbound,
    Leave,
    Ping,
    Renew,
    Say,
    Sync,
    Typing,
    message_id_in,
    parse,
)
from luka_bot.web.chat.outbound import ack_text, as_text, error_text, sync_texts
from luka_bot.web.chat.outbox import Out, Outbox
from luka_bot.web.chat.pace import Pace
from luka_bot.web.chat.seat import FLOOD, Seat, SocketRules, Staff

FRAME_SIZE = 128 * 1024  # bytes
BAD_FRAMES = 5  # after which a socket is closed
TYPING_SECONDS = 3.0

log = structlog.get_logger(__name__)


class Manners:
    """Of one socket. spoken: how much its person says, over all their sockets. now: seconds since
    the epoch."""

    def __init__(
        self, staff: Staff, rules: SocketRules, seat: Seat, outbox: Outbox, spoken: Pace, now: Clock
    ) -> None:
        self._staff = staff
        self._rules = rules
        self._seat = seat
        self._outbox = outbox
        self._spoken = spoken
        self._now = now
        self._frames = Pace(rules.per_10s * FLOOD, 10.0, now)
        self._typing = Pace(1, TYPING_SECONDS, now)
        self._bad = 0

    async def frame(self, text: str) -> None:
        """Never raises but for a cancellation; what goes wrong is said in a frame."""
        if self._outbox.ending is not None:
            return
        if self._frames.take():
            self._outbox.finish(4429, "flood")
            return
        try:
            if len(text) > FRAME_SIZE or len(text.encode()) > FRAME_SIZE:
                raise AtTheDoor(Code.TOO_LARGE, "chatweb.too_large")
            await self._done(parse(text))
        except LukaError as error:
            self._say_why(error, message_id_in(text) if len(text) <= FRAME_SIZE else "")
        except Exception:
            log.exception("chat.frame_failed")
            self._say_why(LukaError(), message_id_in(text))

    def bad(self, why: str) -> None:
        self._say_why(BadFrame(why), "")

    async def _done(self, frame: Inbound) -> None:
        FRAMES_IN.labels(frame.type).inc()
        seat, service = self._seat, self._staff.service
        match frame:
            case Say():
                with SAY_SECONDS.time():
                    await self._say(frame)
            case Sync(after=after, limit=limit):
                await self._sync(after, limit)
            case Typing():
                if not self._typing.take():
                    await service.typing(seat.user_id, seat.conversation_id)
            case Renew(token=token):
                await self._renew(token)
            case Leave():
                await service.leave(seat.speaker, seat.conversation_id)
                self._outbox.finish(1000, "left")
            case Ping(t=t):
                self._put(as_text({"type": "pong", "t": t}))
            case _:  # what they have is told us only for resuming, which says it again
                pass

    async def _say(self, frame: Say) -> None:
        if wait := self._spoken.take():
            raise TooMuch(wait)
        if len(frame.content) > self._rules.message_size:
            raise MessageTooLong(self._rules.message_size)
        seat = self._seat
        saying = Saying(
            seat.conversation_id,
            seat.speaker,
            frame.message_id,
            frame.content,
            Door.WEB,
            reply_to=frame.reply_to,
        )
        heard = await self._staff.service.heard_as(seat.conversation, saying)
        name, counted = f"{seat.conversation_id}:{frame.message_id}", heard is Decision.YES
        if heard is Decision.UNSURE:
            asks = await self._staff.access.has_day_left(seat.guest.person)
            saying = replace(saying, asks=asks)
        stored = await self._stored(saying, attempt(seat.guest, Action.ASK, name, counted=counted))
        self._put(ack_text(frame.message_id, stored))

    async def _stored(self, saying: Saying, wish: Attempt) -> Stored:
        """Whether they may is asked in the step that stores it, as far as that settles it."""
        access, service = self._staff.access, self._staff.service
        try:
            return await service.say(saying, access.introduction(wish))
        except NotIntroduced:
            await access.admit(wish)
        return await service.say(saying)

    async def _sync(self, after: int, limit: int) -> None:
        """One frame; whoever wants more asks from where it ends."""
        seat = self._seat
        page = await self._staff.service.messages(seat.user_id, seat.conversation_id, after, limit)
        text, _ = next(sync_texts(page, []))
        self._put(text)

    async def _renew(self, token: str) -> None:
        guest = await self._staff.authentication.signed_in(token)
        if guest.user_id != self._seat.user_id:
            raise NotSignedIn
        self._seat.guest = guest

    def _put(self, text: str) -> None:
        if not self._outbox.put(Out(text)):
            self._outbox.finish(4409, "slow reader")

    def _say_why(self, error: LukaError, message_id: str) -> None:
        gone = isinstance(error, NotInConversation | ThreadGone)
        failure = failure_of(error, self._seat.words, self._now)
        ERRORS.labels(failure.code.value).inc()
        self._put(error_text(failure, message_id))
        if isinstance(error, BadFrame):
            self._bad += 1
        too_large = isinstance(error, AtTheDoor) and error.code is Code.TOO_LARGE
        if too_large or self._bad >= BAD_FRAMES:
            self._outbox.finish(4400, "bad frames")
        if gone:
            self._outbox.finish(4403, "not in this conversation")
