"""What our cards about threads say, in Telegram's HTML; every value is escaped."""

from datetime import datetime

from luka_bot.handlers.keyboards import PAGE_SIZE
from luka_bot.locales import Words
from luka_bot.models.message import Message
from luka_bot.models.thread import Thread, ThreadPage

PREVIEW = 120  # characters of the last message on the switching card


def thread_list(words: Words, page: ThreadPage) -> str:
    text = words.count("chats.header", page.total)
    pages = -(-page.total // PAGE_SIZE)
    if pages > 1:
        number = page.offset // PAGE_SIZE + 1
        text += "\n\n" + words.html("chats.page", page=number, pages=pages)
    return text


def switched(words: Words, thread: Thread, last: Message | None) -> str:
    """The divider between two threads, which is also the confirmation of the switch."""
    facts = {
        "name": thread.name,
        "count": thread.message_count,
        "created": _minute(thread.created_at),
    }
    if last is None:
        return words.html("switch.done", **facts)
    return words.html("switch.divider", preview=_preview(last.content), **facts)


def control_card(words: Words, thread: Thread, remembered: int, default_model: str) -> str:
    """remembered: how many messages of the thread are still kept."""
    memory = words.count("card.remembered", remembered) if remembered else words("card.nothing")
    if thread.summary:
        memory += ", " + words("card.summarised")
    return words.html(
        "card.text",
        name=thread.name,
        model=thread.model or default_model,
        count=thread.message_count,
        created=_minute(thread.created_at),
        used=_minute(thread.updated_at),
        remembered=memory,
    )


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _preview(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= PREVIEW else line[:PREVIEW].rstrip() + "…"
