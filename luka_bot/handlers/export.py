"""A thread as a Markdown file."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from luka_bot.locales import Words
from luka_bot.models.message import Message, Role
from luka_bot.models.thread import Thread


def as_markdown(words: Words, thread: Thread, said: Sequence[Message]) -> str:
    head = f"# {thread.name}\n"
    return "\n".join([head, *(_section(words, message) for message in said)])


def file_name(thread: Thread) -> str:
    """Letters, digits and dashes of the name, whatever their script."""
    slug = re.sub(r"[^\w]+", "-", thread.name).strip("-_").lower()
    return f"{slug or 'thread'}.md"


def _section(words: Words, message: Message) -> str:
    if message.role is Role.USER:
        who = message.name or words("export.you")
    else:
        who = words("export.assistant")
    when = f", {datetime.fromtimestamp(message.ts, UTC):%Y-%m-%d %H:%M} UTC" if message.ts else ""
    return f"**{who}**{when}\n\n{message.content}\n"
