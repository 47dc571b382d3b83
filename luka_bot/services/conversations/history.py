"""What was said, written to the thread's history after everybody has it."""

import asyncio

import structlog

from luka_bot.models.conversation import ChatMessage
from luka_bot.models.ids import ThreadId
from luka_bot.patience import insist
from luka_bot.services.conversations.stage import Stage
from luka_bot.storage.chat.contract import PAGE_LIMIT

log = structlog.get_logger(__name__)


class Chronicle:
    """Of one conversation. The log is what counts: after a crash the history is caught up from it,
    and while Redis is away nothing is given up."""

    def __init__(self, stage: Stage, conversation_id: ThreadId) -> None:
        self._stage = stage
        self._conversation_id = conversation_id
        self._written: int | None = None
        self._heard = 0
        self._news = asyncio.Event()

    @property
    def is_idle(self) -> bool:
        return self._written is not None and self._written >= self._heard

    def heard(self, message: ChatMessage) -> None:
        self._heard = max(self._heard, message.sequence_id)
        self._news.set()

    async def run(self) -> None:
        history, conversation_id = self._stage.history, self._conversation_id
        self._written = await insist(lambda: history.written(conversation_id))
        while True:
            while await insist(self._write):
                pass
            await self._news.wait()
            self._news.clear()

    async def _write(self) -> bool:
        """Whether there is more."""
        after = self._written or 0
        page = await self._stage.storage.get_conversation_messages(
            self._conversation_id, after, PAGE_LIMIT
        )
        fresh = tuple(one for one in page.messages if one.sequence_id > after)
        if fresh:
            await self._stage.history.append(self._conversation_id, fresh)
        more = len(page.messages) == PAGE_LIMIT
        self._written = fresh[-1].sequence_id if more else page.current_sequence_id
        return more
