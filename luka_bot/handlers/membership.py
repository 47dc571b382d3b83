"""Into which groups luka is taken, and out of which; and who blocks it."""

import structlog
from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberUpdated

from luka_bot.handlers.absence import note_reach
from luka_bot.handlers.group_sight import HERE, GroupSight
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.person import Reach
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.storage.deliveries import Replies
from luka_bot.storage.people import PeopleStore

log = structlog.get_logger(__name__)


def routes() -> Router:
    router = Router(name="membership")
    router.my_chat_member.register(note_person, F.chat.type == ChatType.PRIVATE)
    router.my_chat_member.register(note_group, F.chat.type != ChatType.PRIVATE)
    return router


async def note_person(event: ChatMemberUpdated, people_store: PeopleStore) -> None:
    blocked = event.new_chat_member.status == ChatMemberStatus.KICKED
    reach = Reach.BLOCKED if blocked else Reach.HERE
    await note_reach(people_store, UserId(event.chat.id), reach)


async def note_group(
    event: ChatMemberUpdated,
    replies: Replies,
    group_sight: GroupSight,
    conversations: ConversationService,
) -> None:
    """No app shows a group's number; an operator who needs it for ADMIN_CHAT_ID finds it here."""
    chat_id, status = ChatId(event.chat.id), event.new_chat_member.status
    log.info("group.membership", chat_id=chat_id, status=status)
    if status in HERE:
        await conversations.group_back(chat_id)
    else:
        await conversations.group_left(chat_id)
    await group_sight.greet(event, replies)
