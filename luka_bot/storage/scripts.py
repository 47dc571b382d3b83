"""The Lua scripts beside this file: each runs whole or not at all, in one round trip."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from importlib.resources import files
from typing import Self

from luka_bot.models.lives import Lives
from luka_bot.models.person import FIRST_LOCAL
from luka_bot.storage import keys

MAIN_CHAT = "Main Chat"  # a person's first thread
LOG_ITEMS = 1000  # about as many messages of a conversation are kept
HISTORY_ITEMS = 400  # kept in a thread's history at most
DEAD_ITEMS = 2000  # dead letters at most; some 64 KB each at worst
LINE_PEOPLE = 10_000  # whose place in the rounds is remembered at most
SEEN_AGAIN = 600  # s; when somebody was here last is known to these many
MODEL_NAMES = 50  # that are counted in a day
PENDING_ITEMS = 20  # the newest, among which no waiting question is trimmed
HISTORY_BYTES = 1 << 20  # as JSON; a photo is some 200 KB of base64


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a server is given."""

    text: str
    sha: str


@dataclass(frozen=True, slots=True)
class Script:
    """repeatable: a second run changes nothing more, so that a broken connection may repeat it.

    fenced: refused where it comes from a replica whose place was taken; see `fence.lua`. name is
    what operators know it by. body lacks the constants.
    """

    body: str
    repeatable: bool
    fenced: bool
    name: str

    @classmethod
    def load(cls, name: str, *parts: str, repeatable: bool = False, fenced: bool = False) -> Self:
        """`lua/{name}.lua` behind the named parts (also in lua/)."""
        parts = ("fence", *parts) if fenced else parts
        body = "\n".join(map(_read, [*parts, name]))
        return cls(body=body, repeatable=repeatable, fenced=fenced, name=name)

    def living(self, lives: Lives) -> Compiled:
        """Behind the constants of keys.py; what people said lives so long."""
        return _compiled(self, lives)


_OF_CONVERSATIONS = {
    "CONV": keys.conv.prefix,
    "CONV_LOG": keys.conv_log.prefix,
    "CONV_MEMBERS": keys.conv_members.prefix,
    "CONV_DMS": keys.conv_dms.prefix,
    "CONV_AGENTS": keys.conv_agents.prefix,
    "CONV_POSTS": keys.conv_posts.prefix,
    "CONV_GONE": keys.conv_gone.prefix,
    "CONV_WORK": keys.conv_work.prefix,
    "CONV_INVITES": keys.conv_invites.prefix,
    "CONV_OWING": keys.CONV_OWING,
    "CONV_FAREWELLS": keys.CONV_FAREWELLS,
    "USER_CONVS": keys.user_convs.prefix,
    "CHAT_THREAD": keys.chat_thread.prefix,
    "CHAT_TOPICS": keys.chat_topics.prefix,
    "PRESENCE": keys.presence.prefix,
    "POST": keys.post.prefix,
    "BUS": keys.BUS,
}

_OF_JOBS = {
    "JOB": keys.job.prefix,
    "JOBS": keys.jobs.prefix,
    "USER_JOBS": keys.user_jobs.prefix,
    "USER_OPEN_JOBS": keys.user_open_jobs.prefix,
    "THREAD_JOBS": keys.thread_jobs.prefix,
    "JOB_SPOTS": keys.job_spots.prefix,
    "JOB_NEWS": keys.JOB_NEWS,
}


@cache
def _compiled(script: Script, lives: Lives) -> Compiled:
    text = f"{_constants(lives)}\n{script.body}"
    return Compiled(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


def _read(name: str) -> str:
    return (files("luka_bot.storage") / "lua" / f"{name}.lua").read_text("utf-8")


def _constants(lives: Lives) -> str:
    names = {
        "THREAD": keys.thread.prefix,
        "INDEX": keys.user_threads.prefix,
        "ACTIVE": keys.user_active_thread.prefix,
        "HISTORY": keys.thread_history.prefix,
        "OLD_HISTORY": keys.llm_history.prefix,
        "TRASH": keys.trash.prefix,
        "TRASH_HISTORY": keys.trash_history.prefix,
        "TURN": keys.turn.prefix,
        "SEEN": keys.inbox_seen.prefix,
        "INBOX_OF": keys.inbox_of.prefix,
        "INBOX_CHAT": keys.inbox_chat.prefix,
        "REPLICAS": keys.INBOX_REPLICAS,
        "USER": keys.user.prefix,
        "USERNAME": keys.username.prefix,
        "PEOPLE": keys.PEOPLE,
        "MOVED": keys.moved.prefix,
        "LOGIN": keys.login.prefix,
        "INVITE": keys.invite.prefix,
        "SESSION": keys.session.prefix,
        "WEBLINK": keys.weblink.prefix,
        "CHAT_SESSION": keys.chat_session.prefix,
        "CHAT_LINK": keys.chat_link.prefix,
        "BROADCAST": keys.broadcast.prefix,
        "BROADCAST_TO": keys.broadcast_to.prefix,
        "PULL": keys.pull.prefix,
        "REPLIES": keys.replies.prefix,
        **_OF_CONVERSATIONS,
        **_OF_JOBS,
        "REPLICA_LEASE": keys.lease("replica:"),
        "LINE_LEASE": keys.lease("line:"),
        "MAIN_CHAT": MAIN_CHAT,
    }
    lines = [f"local {name} = '{text}'" for name, text in names.items()]
    lines += [f"local {name} = {number}" for name, number in _numbers(lives).items()]
    return "\n".join(lines)


def _numbers(lives: Lives) -> dict[str, int]:
    return {
        "THREAD_SECONDS": int(lives.threads.total_seconds()),
        "HISTORY_SECONDS": int(lives.history.total_seconds()),
        "UNDO_SECONDS": int(keys.UNDO_LIFE.total_seconds()),
        "TURN_SECONDS": int(keys.TURN_LIFE.total_seconds()),
        "SEEN_SECONDS": int(keys.SEEN_LIFE.total_seconds()),
        "DEAD_ITEMS": DEAD_ITEMS,
        "DEAD_SECONDS": int(keys.DEAD_LIFE.total_seconds()),
        "HISTORY_ITEMS": HISTORY_ITEMS,
        "HISTORY_BYTES": HISTORY_BYTES,
        "PENDING_ITEMS": PENDING_ITEMS,
        "ALARM_SECONDS": int(keys.ALARM_LIFE.total_seconds()),
        "LINE_SECONDS": int(keys.LINE_LIFE.total_seconds()),
        "LINE_PEOPLE": LINE_PEOPLE,
        "SEEN_AGAIN": SEEN_AGAIN,
        "AUDIT_SECONDS": int(keys.AUDIT_LIFE.total_seconds()),
        "FLOOD_SECONDS": int(keys.FLOOD_LIFE.total_seconds()),
        "STATS_SECONDS": int(keys.STATS_LIFE.total_seconds()),
        "MODEL_NAMES": MODEL_NAMES,
        "USAGE_SECONDS": int(keys.USAGE_LIFE.total_seconds()),
        "LONG_WORK_SECONDS": int(keys.LONG_WORK_LIFE.total_seconds()),
        "FIRST_LOCAL": FIRST_LOCAL,
        "LOG_ITEMS": LOG_ITEMS,
        "FAREWELL_SECONDS": int(keys.FAREWELL_LIFE.total_seconds()),
        "ASKED_SECONDS": int(keys.ASKED_LIFE.total_seconds()),
    }
