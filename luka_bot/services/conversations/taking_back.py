"""Taking words of a conversation back, and what was answered to them."""

from luka_bot.models.audit import Event
from luka_bot.models.conversation import ChatMessage, MessageStatus, MessageType, Posted
from luka_bot.models.conversation_errors import MessageMissing
from luka_bot.models.ids import ChatId
from luka_bot.models.participant import human, user_of
from luka_bot.models.people_errors import NotTheirWords
from luka_bot.models.person import Person
from luka_bot.services.access import AccessService
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.saying import Speaker
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.chat.contract import ChatStorage

ANSWERED_WITHIN = 50  # messages after a question, among which its answers are found


class TakingBack:
    def __init__(
        self,
        conversations: ConversationService,
        storage: ChatStorage,
        access: AccessService,
        audit: AuditLog,
    ) -> None:
        self._conversations = conversations
        self._storage = storage
        self._access = access
        self._audit = audit

    async def redact(self, posted: Posted, chat_id: ChatId, by: Person) -> None:
        """A question goes with its answers, whichever of them is meant. chat_id: where they ask
        for it. Raises NotTheirWords, CheckFailed, MessageMissing."""
        key, number = posted.conversation_id, await self._question(posted)
        page = await self._storage.get_conversation_messages(key, number - 1, ANSWERED_WITHIN)
        taken = [one for one in page.messages if _belongs(one, number)]
        if not taken:
            raise MessageMissing
        theirs = taken[0].sender_id == human(by.user_id)
        if not theirs and not await self._rules(chat_id, by):
            raise NotTheirWords
        for one in taken:
            await self._take(one, by)

    async def _question(self, posted: Posted) -> int:
        """The number of what was asked, or of the message itself."""
        key, number = posted.conversation_id, posted.sequence_id
        page = await self._storage.get_conversation_messages(key, number - 1, 1)
        for one in page.messages:
            answers = one.message_type is MessageType.NLWEB_RESPONSE
            if one.sequence_id == number and answers and one.reply_to is not None:
                return one.reply_to
        return number

    async def _rules(self, chat_id: ChatId, by: Person) -> bool:
        """In a direct message there is no chat to be an administrator of."""
        if chat_id > 0:
            return await self._access.is_admin(by)
        return await self._access.rules(chat_id, by)

    async def _take(self, message: ChatMessage, by: Person) -> None:
        key, number = message.conversation_id, message.sequence_id
        who = Speaker(by.user_id, by.name)
        await self._conversations.redact(who, key, number, is_admin=True)
        if message.message_type is MessageType.TEXT:
            whom = None if message.sender_id == human(by.user_id) else user_of(message.sender_id)
            await self._audit.note(Event.REDACTED, by.user_id, by.name, whom=whom)


def _belongs(message: ChatMessage, question: int) -> bool:
    if message.status is MessageStatus.REDACTED:
        return False
    answers = message.message_type is MessageType.NLWEB_RESPONSE and message.reply_to == question
    return message.sequence_id == question or answers
