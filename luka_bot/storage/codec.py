"""Between what Redis returns and what the rest of luka knows."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import structlog

from luka_bot.models.errors import NotYours, ThreadGone, TooManyThreads
from luka_bot.models.ids import MessageId, ThreadId
from luka_bot.models.message import Message
from luka_bot.models.thread import THREADS_LIMIT, Thread, stamp
from luka_bot.storage.client import Reply

log = structlog.get_logger(__name__)

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


def accepted(reply: Reply, thread_id: ThreadId | None = None) -> Reply:
    """What follows a script's "OK"; its refusals are raised."""
    named = thread_id or ThreadId("")
    match reply:
        case ["OK", *rest]:
            return rest
        case ["GONE"]:
            raise ThreadGone(named)
        case ["NOT_YOURS"]:
            raise NotYours(named)
        case ["TOO_MANY"]:
            raise TooManyThreads(THREADS_LIMIT)
    raise AssertionError(f"a script's reply that nobody knows: {reply[:1]}")


def when(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def iso(seconds: float) -> str:
    return stamp(when(seconds))


def flat(thread: Thread) -> list[str]:
    """Field, value, field, value, as HSET takes them; thread_id is the first value."""
    return [text for pair in thread.to_dict().items() for text in pair]


def thread(fields: Sequence[str]) -> Thread:
    """From what HGETALL returns inside a script: field, value, field, value."""
    return Thread.from_dict(dict(zip(fields[::2], fields[1::2], strict=True)))


def dump(message: Message) -> str:
    """Compact, because the scripts look for `"id":"…"` and `"state":"…"` as text; a quote inside
    somebody's words is escaped, so neither can be found there."""
    return json.dumps(message.to_dict(), ensure_ascii=False, separators=(",", ":"))


def message(item: str) -> Message:
    return Message.from_dict(json.loads(item))


def history(items: Sequence[str]) -> tuple[Message, ...]:
    """What can't be read is left out: one bad item must not silence the thread."""
    try:  # all at once takes a third less time than one by one
        return tuple(map(Message.from_dict, json.loads(f"[{','.join(items)}]")))
    except _UNREADABLE:
        return tuple(_readable(items))


def _readable(items: Sequence[str]) -> Iterator[Message]:
    for item in items:
        try:
            yield message(item)
        except _UNREADABLE as error:
            log.warning("history.unreadable", error=type(error).__name__)


def message_ids(text: str) -> tuple[MessageId, ...]:
    return tuple(MessageId(number) for number in json.loads(text or "[]"))
