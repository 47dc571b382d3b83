"""Whether a message was written in the admins' group."""

from aiogram.types import Message

from luka_bot.services.admin_group import AdminGroup


async def in_admin_group(message: Message, admin_group: AdminGroup) -> bool:
    """A filter: anywhere else admin commands don't exist. Taps are refused by the gate instead, so
    that forged ones are written down."""
    return admin_group.is_here(message.chat.id)
