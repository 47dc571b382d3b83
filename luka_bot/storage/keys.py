"""Every Redis key, made here and nowhere else, and how long it lives."""

from datetime import timedelta
from fnmatch import fnmatchcase

from luka_bot.models.ids import ThreadId, TurnId, UpdateId, UserId

THREAD_LIFE = timedelta(days=30)
HISTORY_LIFE = timedelta(days=7)
UNDO_LIFE = timedelta(minutes=10)
BOOKMARK_LIFE = timedelta(hours=48)
SEEN_LIFE = timedelta(hours=48)  # Telegram keeps an update for 24 h at most
DEAD_LIFE = timedelta(days=14)
LEASE_LIFE = timedelta(minutes=5)  # the most; each lease says its own
POLL_LIFE = timedelta(seconds=120)

THREAD_PREFIX = "thread:"
INDEX_PREFIX = "user_threads:"
ACTIVE_PREFIX = "user_active_thread:"
HISTORY_PREFIX = "thread_history:"
OLD_HISTORY_PREFIX = "llm_history:"
TRASH_PREFIX = "trash:"
TRASH_HISTORY_PREFIX = "trash_history:"
BOOKMARK_PREFIX = "bookmark:"
TURN_THREAD_PREFIX = "turn_thread:"

INBOX = "inbox"
INBOX_DEAD = "inbox:dead"
INBOX_TRIES = "inbox:tries"
INBOX_SEEN_PREFIX = "inbox:seen:"
POLL_SEEN = "poll:seen"

LIFETIMES = {
    "thread:*": THREAD_LIFE,
    "user_threads:*": THREAD_LIFE,
    "user_active_thread:*": THREAD_LIFE,
    "thread_history:*": HISTORY_LIFE,
    "llm_history:*": HISTORY_LIFE,
    "trash:*": UNDO_LIFE,
    "trash_history:*": UNDO_LIFE,
    "bookmark:*": BOOKMARK_LIFE,
    "turn_thread:*": BOOKMARK_LIFE,
    "inbox:seen:*": SEEN_LIFE,
    "inbox:dead": DEAD_LIFE,
    "inbox:tries": SEEN_LIFE,
    "lease:*": LEASE_LIFE,
    "poll:seen": POLL_LIFE,
}

PERMANENT = {
    INBOX: "an update lives there until it is answered, however long that takes",
}


def thread(thread_id: ThreadId) -> str:
    return f"{THREAD_PREFIX}{thread_id}"


def user_threads(user_id: UserId) -> str:
    return f"{INDEX_PREFIX}{user_id}"


def user_active_thread(user_id: UserId) -> str:
    return f"{ACTIVE_PREFIX}{user_id}"


def thread_history(thread_id: ThreadId) -> str:
    return f"{HISTORY_PREFIX}{thread_id}"


def llm_history(user_id: UserId) -> str:
    return f"{OLD_HISTORY_PREFIX}{user_id}"


def trash(thread_id: ThreadId) -> str:
    return f"{TRASH_PREFIX}{thread_id}"


def trash_history(thread_id: ThreadId) -> str:
    return f"{TRASH_HISTORY_PREFIX}{thread_id}"


def bookmark(turn_id: TurnId) -> str:
    return f"{BOOKMARK_PREFIX}{turn_id}"


def turn_thread(turn_id: TurnId) -> str:
    return f"{TURN_THREAD_PREFIX}{turn_id}"


def inbox_seen(update_id: UpdateId) -> str:
    return f"{INBOX_SEEN_PREFIX}{update_id}"


def lease(name: str) -> str:
    return f"lease:{name}"


def lifetime(key: str) -> timedelta | None:
    """The longest a key may live, None if for ever. KeyError if no such key is ours."""
    if key in PERMANENT:
        return None
    for pattern, life in LIFETIMES.items():
        if fnmatchcase(key, pattern):
            return life
    raise KeyError(key)
