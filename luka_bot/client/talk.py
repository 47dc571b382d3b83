"""A conversation in which one takes part, over as many connections as it needs."""

from collections.abc import Mapping
from typing import Any

from luka_bot.client.errors import Ended, Later
from luka_bot.client.events import Event, Participant
from luka_bot.client.keeping import Ears, Keeping
from luka_bot.client.outbox import Pending, Sent
from luka_bot.client.replies import Position
from luka_bot.client.times import Times

TYPING_EVERY = 3.0  # s; luka takes no more

__all__ = ["Sent", "Talk"]


class Talk:
    """Made by `ChatClient.conversation`. `async for` gives what happens, each message once and in
    order of its number; it ends when the talk ends, and raises where that was not our wish."""

    def __init__(self, keeping: Keeping, ears: Ears, times: Times) -> None:
        self._keeping = keeping
        self._ears = ears
        self._times = times
        self._typed_at = -TYPING_EVERY

    @property
    def conversation_id(self) -> str:
        return self._ears.hearing.conversation_id

    @property
    def me(self) -> str:
        """Our participant id."""
        return self._ears.hearing.me

    @property
    def name(self) -> str:
        """As it is called by now."""
        return self._ears.hearing.name

    @property
    def participants(self) -> tuple[Participant, ...]:
        return self._ears.hearing.participants

    @property
    def input_mode(self) -> str:
        return self._ears.hearing.input_mode

    @property
    def limits(self) -> Mapping[str, Any]:
        """As luka says them: max_message_size, queue_size, max_participants."""
        return self._ears.hearing.limits

    @property
    def position(self) -> Position | None:
        """How far what was said has been taken; a later talk can go on from here."""
        return self._ears.hearing.taken

    def __aiter__(self) -> "Talk":
        return self

    async def __anext__(self) -> Event:
        try:
            event = await self._ears.hearing.take()
        except Ended:
            raise StopAsyncIteration from None
        await self._keeping.acknowledge()
        return event

    async def send(
        self,
        text: str,
        *,
        reply_to: int | None = None,
        message_id: str | None = None,
        is_patient: bool = True,
    ) -> Sent:
        """Returns when luka has it; it is said again, with the same id, until then.

        Whom luka tells to come later (QueueFull, RateLimited, StorageUnavailable) waits so long
        and tries again, unless is_patient is False. message_id: of your own, at most 64
        characters; the same once more is a duplicate. Raises a ChatError."""
        with self._ears.outbox.keeping(text, reply_to, message_id) as pending:
            while True:
                try:
                    return await self._said(pending)
                except Later as error:
                    if not is_patient:
                        raise
                    await self._times.sleep(error.retry_after)
                    pending.again()

    async def typing(self) -> None:
        """The others see it for some seconds; said more often than that it is kept back."""
        now = self._times.now()
        if now - self._typed_at >= TYPING_EVERY:
            self._typed_at = now
            await self._keeping.say({"type": "typing"})

    async def renew(self, token: str) -> None:
        """Before the token of this connection expires. The next one has the client's."""
        await self._keeping.say({"type": "auth", "token": token})

    async def leave(self) -> None:
        """For good; needs a connection, else nothing happens (`ChatClient.leave` needs none)."""
        await self._keeping.leave()

    async def _said(self, pending: Pending) -> Sent:
        if self._ears.hearing.ended is not None:
            raise self._ears.hearing.ended
        await self._keeping.say_pending(pending)
        return await pending.answer()
