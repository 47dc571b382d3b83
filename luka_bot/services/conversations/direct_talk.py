"""What people say to conversations in their direct messages."""

from contextlib import suppress
from dataclasses import dataclass

from luka_bot.models.conversation import Posted, Stored
from luka_bot.models.conversation_errors import NotInConversation
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, MessageId, ThreadId, UserId
from luka_bot.models.participant import Door
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Saying, Speaker
from luka_bot.services.thread_service import ThreadService


@dataclass(frozen=True, slots=True)
class DirectWords:
    """when: seconds since the epoch."""

    speaker: Speaker
    message_id: MessageId
    text: str
    replied: MessageId | None
    when: float

    @property
    def chat_id(self) -> ChatId:
        return ChatId(self.speaker.user_id)


class DirectTalk:
    """Methods raise what `say` of ConversationService does."""

    def __init__(self, conversations: ConversationService, threads: ThreadService) -> None:
        self._conversations = conversations
        self._threads = threads

    async def answer_to(self, words: DirectWords) -> bool:
        """Said where the message stands that they replied to, if that is in a conversation."""
        posted = await self._replied(words)
        if posted is None:
            return False
        await self._say(words, posted.conversation_id, posted.sequence_id)
        return True

    async def say(self, words: DirectWords, conversation_id: ThreadId) -> Stored:
        """In their active thread, which is one."""
        await self._conversations.enter(words.speaker, conversation_id, Door.DM)
        return await self._say(words, conversation_id, None)

    async def stop(self, user_id: UserId) -> int:
        """In their active thread; how many answers end."""
        page = await self._threads.list_threads(user_id, limit=1)
        if page.active_id is None:
            return 0
        with suppress(ThreadGone, NotInConversation):
            return await self._conversations.stop(user_id, page.active_id)
        return 0

    async def _replied(self, words: DirectWords) -> Posted | None:
        if words.replied is None:
            return None
        return await self._conversations.posted_at(words.chat_id, words.replied)

    async def _say(
        self, words: DirectWords, conversation_id: ThreadId, reply_to: int | None
    ) -> Stored:
        return await self._conversations.say(
            Saying(
                conversation_id=conversation_id,
                speaker=words.speaker,
                message_id=f"tg:{words.chat_id}:{words.message_id}",
                content=words.text,
                door=Door.DM,
                reply_to=reply_to,
                origin=words.chat_id,
                stands=(words.message_id,),
                when=words.when,
            )
        )
