"""How the question for a new name remembers which thread it is about: by a link in its text.

Telegram gives us the replied-to message with its entities, so nothing has to be kept anywhere.
"""

import re
from html import escape
from typing import Any

from aiogram import Bot
from aiogram.types import Message
from aiogram.utils.deep_linking import create_start_link

from luka_bot.models.ids import ThreadId
from luka_bot.models.thread import Thread

_PAYLOAD = re.compile(r"(?:^|[?&]start=)thread_([0-9a-f]{32})$")


async def link_to(bot: Bot, thread: Thread) -> str:
    """The thread's name as a link that opens its card, in Telegram's HTML."""
    url = await create_start_link(bot, f"thread_{thread.thread_id}")
    return f'<a href="{escape(url)}">{escape(thread.name)}</a>'


def thread_in(payload: str) -> ThreadId | None:
    """The thread that a link, or the payload of its /start, stands for."""
    match = _PAYLOAD.search(payload)
    return ThreadId(match[1]) if match else None


async def answered(message: Message, bot: Bot) -> bool | dict[str, Any]:
    """A filter: this message replies to our question for a name; gives its `thread_id`."""
    asked = message.reply_to_message
    if asked is None or asked.from_user is None or asked.from_user.id != bot.id:
        return False
    links = [entity.url for entity in asked.entities or [] if entity.url]
    found = next((thread_id for link in links if (thread_id := thread_in(link))), None)
    return {"thread_id": found} if found else False
