"""What people say in a group, and whether luka may answer it."""

from dataclasses import dataclass

from luka_bot.models.conversation import Conversation, Policy, Stored
from luka_bot.models.errors import Refused
from luka_bot.models.ids import ChatId, MessageId, ThreadId, TopicId
from luka_bot.models.participant import Door
from luka_bot.models.person import Person, Standing, Visitor
from luka_bot.models.rights import Action
from luka_bot.services.access import AccessService, Attempt
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Saying, Speaker


@dataclass(frozen=True, slots=True)
class GroupWords:
    """title: of the group, or of its topic. replied: the message of Telegram's that they answer.
    when: seconds since the epoch. request: names the update, so that a second run of it isn't
    counted again."""

    chat_id: ChatId
    topic_id: TopicId | None
    title: str
    visitor: Visitor
    message_id: MessageId
    text: str
    replied: MessageId | None
    when: float
    request: str


class GroupTalk:
    """Everything is said in the group's conversation; methods raise what its `say` does."""

    def __init__(self, conversations: ConversationService, access: AccessService) -> None:
        self._conversations = conversations
        self._access = access

    async def ask(self, words: GroupWords) -> Stored:
        """By somebody who may, and it has counted as a question of theirs."""
        return await self._say(words, await self._here(words), asks=True)

    async def overhear(self, words: GroupWords, person: Person) -> Stored:
        """Said to others. A stranger's words ask nobody; where luka answers everything, whatever is
        said counts as a question, and beyond somebody's day it is only listened to."""
        conversation = await self._here(words)
        asks = person.standing is Standing.ALLOWED
        if asks and conversation.policy is Policy.ALWAYS:
            asks = await self._counted(words)
        elif asks and conversation.policy is Policy.SMART:
            asks = await self._access.has_day_left(person)
        return await self._say(words, conversation, asks=asks)

    async def stop(self, chat_id: ChatId, topic_id: TopicId | None, title: str) -> int:
        """How many answers end."""
        here = await self._conversations.in_group(chat_id, topic_id, title)
        return await self._conversations.stop(here.owner, here.conversation_id)

    async def _here(self, words: GroupWords) -> Conversation:
        return await self._conversations.in_group(words.chat_id, words.topic_id, words.title)

    async def _counted(self, words: GroupWords) -> bool:
        try:
            attempt = Attempt(words.visitor, Action.ASK, words.chat_id, words.request)
            await self._access.admit(attempt)
        except Refused:
            return False
        return True

    async def _say(self, words: GroupWords, here: Conversation, *, asks: bool) -> Stored:
        visitor = words.visitor
        return await self._conversations.say(
            Saying(
                conversation_id=here.conversation_id,
                speaker=Speaker(visitor.user_id, visitor.name),
                message_id=f"tg:{words.chat_id}:{words.message_id}",
                content=words.text,
                door=Door.GROUP,
                reply_to=await self._reply_to(words, here.conversation_id),
                origin=words.chat_id,
                stands=(words.message_id,),
                asks=asks,
                when=words.when,
            )
        )

    async def _reply_to(self, words: GroupWords, here: ThreadId) -> int | None:
        if words.replied is None:
            return None
        posted = await self._conversations.posted_at(words.chat_id, words.replied)
        return posted.sequence_id if posted and posted.conversation_id == here else None
