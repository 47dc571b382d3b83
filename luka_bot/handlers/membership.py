"""Into which groups luka is taken, and out of which."""

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import ChatMemberUpdated

log = structlog.get_logger(__name__)


def routes() -> Router:
    router = Router(name="membership")
    router.my_chat_member.register(note_group, F.chat.type != ChatType.PRIVATE)
    return router


async def note_group(event: ChatMemberUpdated) -> None:
    """No app shows a group's number; an operator who needs it for ADMIN_CHAT_ID finds it here."""
    log.info("group.membership", chat_id=event.chat.id, status=event.new_chat_member.status)
