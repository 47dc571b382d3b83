"""One Telegram chat of a conversation: what is still to be brought there, in order."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from functools import partial
from itertools import groupby

import structlog

from luka_bot.background import Background
from luka_bot.metrics_chat import POST_SECONDS
from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus, Work, WorkKind
from luka_bot.models.conversation_errors import PlaceGone
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.participant import Door, human
from luka_bot.patience import insist
from luka_bot.services.conversations.stage import Stage
from luka_bot.services.conversations.transport import Transport

log = structlog.get_logger(__name__)


class Place:
    """Whatever goes wrong here holds up no other place."""

    def __init__(
        self,
        stage: Stage,
        transport: Transport,
        background: Background,
        chat_id: ChatId,
        conversation: Conversation,
    ) -> None:
        self._stage = stage
        self._background = background
        self._transport = transport
        self._chat_id = chat_id
        self._conversation = conversation
        self._owed: list[Work] = []
        self._done: set[Work] = set()
        self._spoken: set[str] = set()
        self._news = asyncio.Event()
        self._moved = asyncio.Event()

    @property
    def is_idle(self) -> bool:
        return not self._owed and not self._spoken

    def owes(self, works: Collection[Work], conversation: Conversation) -> None:
        """All that is outstanding for this chat by now, in order."""
        self._conversation = conversation
        self._done &= set(works)
        self._owed = [one for one in works if one not in self._done]
        if self._owed:
            self._news.set()
        self._moved.set()

    async def brought(self, sequence_id: int) -> None:
        """Until all that was said up to there stands in the chat, or never will: nobody shall read
        an answer before its question."""
        while any(self._is_before(one, sequence_id) for one in self._owed):
            self._moved.clear()
            await self._moved.wait()

    def begin_speaking(self, message_id: str) -> None:
        """This answer is shown while it grows: it isn't posted as well."""
        self._spoken.add(message_id)

    def end_speaking(self, message_id: str) -> None:
        """If its work isn't finished, it is posted."""
        self._spoken.discard(message_id)
        self._news.set()

    async def run(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            for kind, works in groupby(list(self._owed), key=lambda one: one.kind):
                if kind is WorkKind.POST:
                    await self._post(list(works))
                else:
                    await self._erase(list(works))

    async def finish(self, works: Iterable[Work]) -> None:
        done = set(works)
        self._done |= done
        self._owed = [one for one in self._owed if one not in done]
        self._moved.set()
        conversation_id = self._conversation.conversation_id
        await insist(lambda: self._stage.storage.finish(conversation_id, done))

    async def close(self, gone: PlaceGone) -> None:
        """Nothing can be brought here. A group that is gone for good may come back, a topic not."""
        log.info("conversation.place_gone", conversation_id=self._conversation.conversation_id)
        await self.finish(self._owed)
        storage, now, topic = self._stage.storage, self._stage.now(), self._conversation.topic_id
        if self._chat_id < 0 and gone.for_good:
            await insist(lambda: storage.group_left(self._chat_id, now))
        if gone.topic and topic is not None:
            await insist(lambda: storage.topic_gone(self._chat_id, topic, now))
        if self._chat_id > 0 and self._chat_id != self._conversation.chat_id:
            person, door = human(UserId(self._chat_id)), Door.DM.value
            conversation_id = self._conversation.conversation_id
            await insist(lambda: storage.close_door(conversation_id, person, door))

    async def _post(self, works: list[Work]) -> None:
        found: list[ChatMessage] = []
        done: list[Work] = []
        for work in works:
            message = await insist(partial(self._message, work))
            if message is not None and message.message_id in self._spoken:
                continue
            done.append(work)
            if message is not None and message.status is MessageStatus.STORED:
                found.append(message)
        if found:
            POST_SECONDS.observe(max(self._stage.now() - found[0].timestamp, 0.0))
            await self._bring(
                lambda: self._transport.post(self._chat_id, self._conversation, found)
            )
        await self.finish(done)

    async def _erase(self, works: list[Work]) -> None:
        for work in works:
            erase = partial(
                self._transport.erase, self._chat_id, self._conversation, work.sequence_id
            )
            await self._bring(erase)
            await self.finish([work])

    async def _bring(self, call: Callable[[], Awaitable[None]]) -> None:
        """Also a fault of ours ends in the log, and not this place."""
        task = self._background.spawn("bring to a chat", self._brought(call))
        await asyncio.wait([task])

    async def _brought(self, call: Callable[[], Awaitable[None]]) -> None:
        try:
            await insist(call)
        except PlaceGone as gone:
            await self.close(gone)

    @staticmethod
    def _is_before(work: Work, sequence_id: int) -> bool:
        return work.kind is WorkKind.POST and work.sequence_id <= sequence_id

    async def _message(self, work: Work) -> ChatMessage | None:
        return await self._stage.message(self._conversation.conversation_id, work.sequence_id)


def telegram_chats(conversation: Conversation) -> tuple[ChatId, ...]:
    """Where what is said in it is brought: its group, and direct messages."""
    group = () if conversation.chat_id is None else (conversation.chat_id,)
    return group + conversation.dm_chats
