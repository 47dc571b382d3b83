"""What our cards about threads say, in Telegram's HTML; every value is escaped."""

from datetime import datetime

from luka_bot.delivery.formatting import render
from luka_bot.handlers.asker import Asker
from luka_bot.locales import Words
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import human
from luka_bot.models.thread import Thread, ThreadPage
from luka_bot.services.sharing import Company
from luka_bot.services.thread_service import PAGE

PREVIEW = 120  # characters of the last message on the switching card
SOURCE = 2000  # characters of Markdown that are surely enough for it


def thread_list(asker: Asker, page: ThreadPage) -> str:
    words = asker.words
    if asker.target.is_group:
        text = words.count("chats.header_group", page.total)
    else:
        text = words.count("chats.header", page.total)
    pages = -(-page.total // PAGE)
    if pages > 1:
        number = page.offset // PAGE + 1
        text += "\n\n" + words.html("chats.page", page=number, pages=pages)
    return text


def created(asker: Asker, thread: Thread) -> str:
    key = "new.done_group" if asker.target.is_group else "new.done"
    return asker.words.html(key, name=thread.name)


def switched(asker: Asker, thread: Thread, last: Message | None) -> str:
    """The divider between two threads, which is also the confirmation of the switch.

    last: the thread's last message, unless the divider replies to it.
    """
    words = asker.words
    text = words.html(
        "switch.done",
        name=thread.name,
        count=thread.message_count,
        created=_minute(thread.created_at),
    )
    if last is not None:
        text += "\n" + words.html("switch.last", preview=_preview(last))
    go_on = "switch.go_on_group" if asker.target.is_group else "switch.go_on"
    return f"{text}\n\n{words.html(go_on)}"


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


def company(words: Words, company: Company) -> str:
    """What the card says besides, of a thread with several people."""
    conversation = company.conversation
    if conversation is None or not company.others:
        return ""
    people = words.count("card.people", len(conversation.humans))
    owner = conversation.participant(human(conversation.owner))
    owned = "" if owner is None else "\n" + words.html("card.owner", owner=owner.name)
    return f"\n👥 {people}{owned}"


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"


def _preview(message: Message) -> str:
    """As the chat shows it, so an answer is without its Markdown."""
    text = message.content[:SOURCE]
    if message.role is Role.ASSISTANT:
        text = render(text).text
    line = " ".join(text.split())
    return line if len(line) <= PREVIEW else line[:PREVIEW].rstrip() + "…"
