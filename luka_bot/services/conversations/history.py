"""What was said, written to the thread's history after everybody has it."""

import asyncio
import re
from collections.abc import Sequence

from luka_bot.models.conversation import ChatMessage, MessageStatus, MessageType
from luka_bot.models.ids import ThreadId
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import ParticipantType, user_of
from luka_bot.patience import insist
from luka_bot.services.conversations.stage import Stage
from luka_bot.storage.chat.contract import PAGE_LIMIT

TOGETHER = 0.1  # s; what is said within it is written at once

_ANSWER = re.compile(r"a(\d+)\.")


class Chronicle:
    """Of one conversation. The log is what counts: after a crash the history is caught up from it,
    and while Redis is away nothing is given up."""

    def __init__(self, stage: Stage, conversation_id: ThreadId) -> None:
        self._stage = stage
        self._conversation_id = conversation_id
        self._written: int | None = None
        self._heard = 0
        self._fresh: list[ChatMessage] = []
        self._redacted: set[int] = set()
        self._news = asyncio.Event()

    @property
    def is_idle(self) -> bool:
        return self._written is not None and self._written >= self._heard and not self._redacted

    def heard(self, message: ChatMessage) -> None:
        self._heard = max(self._heard, message.sequence_id)
        self._fresh.append(message)
        if len(self._fresh) > PAGE_LIMIT:  # Redis is away: the log will tell it again
            self._fresh.clear()
        self._news.set()

    def redacted(self, number: int) -> None:
        """It may be on its way into the history at this moment."""
        self._redacted.add(number)
        self._news.set()

    async def run(self) -> None:
        history, conversation_id = self._stage.history, self._conversation_id
        self._written = await insist(lambda: history.history_upto(conversation_id))
        while True:
            while await insist(self._write):
                pass
            await insist(self._take_out)
            await self._news.wait()
            await asyncio.sleep(TOGETHER)
            self._news.clear()

    async def _write(self) -> bool:
        """Whether there is more."""
        after, heard, self._fresh = self._written or 0, self._fresh, []
        if _follow(heard, after):
            await self._append(heard)
            self._written = heard[-1].sequence_id
            return False
        page = await self._stage.storage.get_conversation_messages(
            self._conversation_id, after, PAGE_LIMIT
        )
        fresh = [one for one in page.messages if one.sequence_id > after]
        if fresh:
            await self._append(fresh)
        more = len(page.messages) == PAGE_LIMIT
        self._written = fresh[-1].sequence_id if fresh and more else page.current_sequence_id
        return bool(fresh) and more

    async def _append(self, messages: Sequence[ChatMessage]) -> None:
        items = [(one.sequence_id, as_history(one)) for one in messages]
        now = self._stage.now()
        await self._stage.history.append_history(self._conversation_id, items, now)

    async def _take_out(self) -> None:
        for number in list(self._redacted):
            await self._stage.history.remove_from_history(self._conversation_id, number)
            self._redacted.discard(number)


def _follow(heard: Sequence[ChatMessage], after: int) -> bool:
    """Whether they are all there is behind this number; else the log has to be asked."""
    return bool(heard) and [one.sequence_id for one in heard] == [
        *range(after + 1, after + 1 + len(heard))
    ]


def as_history(message: ChatMessage) -> Message | None:
    """None where nobody said anything: who came, what was taken back."""
    if message.message_type is MessageType.SYSTEM or message.status is MessageStatus.REDACTED:
        return None
    is_agent = message.sender_type is ParticipantType.AGENT
    person = None if is_agent else user_of(message.sender_id)
    return Message(
        role=Role.ASSISTANT if is_agent else Role.USER,
        content=message.content,
        id=f"c{_question(message)}",
        seq=message.sequence_id,
        name=message.sender_name,
        sender_id=person,
        ts=message.timestamp,
        writer=person,
    )


def _question(message: ChatMessage) -> int:
    """An answer bears its question's number: whoever is forgotten takes both along."""
    answer = _ANSWER.match(message.message_id)
    is_agent = message.sender_type is ParticipantType.AGENT
    return int(answer[1]) if answer is not None and is_agent else message.sequence_id
