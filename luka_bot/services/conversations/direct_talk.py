"""What people say to conversations in their direct messages."""

from contextlib import suppress

from luka_bot.models.conversation import Posted
from luka_bot.models.conversation_errors import IsConversation, NotInConversation
from luka_bot.models.errors import ThreadGone
from luka_bot.models.ids import ChatId, MessageId, ThreadId, UserId
from luka_bot.models.participant import Door
from luka_bot.models.turn import Question, Turn
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Saying, Speaker
from luka_bot.services.thread_service import ThreadService
from luka_bot.services.turn_service import TurnService


class DirectTalk:
    """Methods raise what `say` of ConversationService and `open` of TurnService do."""

    def __init__(
        self, conversations: ConversationService, threads: ThreadService, turns: TurnService
    ) -> None:
        self._conversations = conversations
        self._threads = threads
        self._turns = turns

    async def ask(self, question: Question, replied: MessageId | None) -> Turn | None:
        """None where it is said in a conversation, which sees to the answer: the one where the
        message stands that they replied to, or their active thread."""
        posted = await self._posted(question, replied)
        if posted is not None:
            await self._say(question, posted.conversation_id, posted.sequence_id)
            return None
        try:
            return await self._turns.open(question)
        except IsConversation as shared:
            await self._conversations.enter(_speaker(question), shared.conversation_id, Door.DM)
            await self._say(question, shared.conversation_id, None)
            return None

    async def stop(self, user_id: UserId) -> int:
        """In their active thread; how many answers end."""
        page = await self._threads.list_threads(user_id, limit=1)
        if page.active_id is None:
            return 0
        with suppress(ThreadGone, NotInConversation):
            return await self._conversations.stop(user_id, page.active_id)
        return 0

    async def _posted(self, question: Question, replied: MessageId | None) -> Posted | None:
        if replied is None:
            return None
        return await self._conversations.posted_at(ChatId(question.user_id), replied)

    async def _say(
        self, question: Question, conversation_id: ThreadId, reply_to: int | None
    ) -> None:
        chat_id, message_id = ChatId(question.user_id), question.message_id
        await self._conversations.say(
            Saying(
                conversation_id=conversation_id,
                speaker=_speaker(question),
                message_id=f"tg:{chat_id}:{message_id}",
                content=question.text,
                door=Door.DM,
                reply_to=reply_to,
                origin=chat_id,
                stands=() if message_id is None else (message_id,),
                when=question.asked_at,
            )
        )


def _speaker(question: Question) -> Speaker:
    return Speaker(question.user_id, question.sender_name or str(question.user_id))
