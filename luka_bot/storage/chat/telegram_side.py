"""What stores of conversations know of Telegram: where things stand, groups, and who is to be told
that one is closed."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from luka_bot.models.conversation import Posted
from luka_bot.models.farewell import Farewell
from luka_bot.models.ids import ChatId, MessageId, ThreadId, TopicId


class TelegramSide(ABC):
    """Every method may raise StorageAway; those that name a conversation raise ThreadGone."""

    # where it stands in Telegram

    @abstractmethod
    async def posted(
        self,
        conversation_id: ThreadId,
        sequence_id: int,
        chat_id: ChatId,
        messages: Sequence[MessageId],
    ) -> None:
        """store_message notes draft.stands itself."""

    @abstractmethod
    async def posts_of(
        self, conversation_id: ThreadId, sequence_id: int
    ) -> dict[ChatId, tuple[MessageId, ...]]: ...

    @abstractmethod
    async def post_at(self, chat_id: ChatId, message_id: MessageId) -> Posted | None:
        """Which message of which conversation stands there, for a reply to it."""

    # groups

    @abstractmethod
    async def bind(
        self, chat_id: ChatId, topic_id: TopicId | None, conversation_id: ThreadId
    ) -> None:
        """From now on the group (or its topic) is this conversation; the one before is bound no
        longer. The conversation must be open."""

    @abstractmethod
    async def bound(self, chat_id: ChatId, topic_id: TopicId | None) -> ThreadId | None:
        """Also while luka isn't in the group."""

    @abstractmethod
    async def group_left(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        """luka isn't there any more: nothing is brought there, what was to be is off, and who was
        in by the group alone is out, without a word. The conversations stay, with a system message
        `{"event": "group_left", "name"}`. Those that it was news for."""

    @abstractmethod
    async def group_back(self, chat_id: ChatId, now: float) -> tuple[ThreadId, ...]:
        """luka is there again: those of its conversations that are still there go on, with
        `{"event": "group_back", "name"}`. Those that it was news for."""

    @abstractmethod
    async def topic_gone(
        self, chat_id: ChatId, topic_id: TopicId, now: float
    ) -> tuple[ThreadId, ...]:
        """The topic was deleted: as a group that luka left, for good, with
        `{"event": "topic_gone", "name"}`. The one that it was news for."""

    @abstractmethod
    async def move_chat(self, before: ChatId, after: ChatId) -> None:
        """A group became a supergroup."""

    # who is to be told that a conversation was closed

    @abstractmethod
    async def take_farewells(self, now: float, again: float) -> tuple[Farewell, ...]:
        """Some that nobody else is telling; whoever doesn't say that they are told may have them
        once more from then on."""

    @abstractmethod
    async def told(self, farewell: Farewell) -> None: ...
