"""Every Redis key, made here and nowhere else, and how long it lives."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from luka_bot.models.ids import (
    ChatId,
    JobId,
    ParticipantId,
    ReplicaId,
    ThreadId,
    TurnId,
    UpdateId,
    UserId,
)
from luka_bot.models.lives import USUAL, Lives

UNDO_LIFE = timedelta(minutes=10)
TURN_LIFE = timedelta(hours=48)
SEEN_LIFE = timedelta(hours=48)  # Telegram keeps an update for 24 h at most
DEAD_LIFE = timedelta(days=14)
LEASE_LIFE = timedelta(minutes=10)  # the most; each lease says its own
PROBE_LIFE = timedelta(minutes=1)
POLL_LIFE = timedelta(seconds=120)
WRITING_LIFE = timedelta(minutes=1)
WEBHOOK_LIFE = timedelta(days=7)  # refreshed while a webhook replica lives
REPLICATED_LIFE = timedelta(minutes=1)
ALARM_LIFE = timedelta(days=7)
LINE_LIFE = timedelta(hours=1)  # refreshed as long as anybody stands there
AUDIT_LIFE = timedelta(days=90)
STATS_LIFE = timedelta(days=90)
USAGE_LIFE = timedelta(days=3)  # a day in any time zone, and the next one for who looks back
ASKED_LIFE = timedelta(hours=48)  # as long as an update may come again
QUESTION_LIFE = timedelta(days=7)  # in which an admin may answer it
FLOOD_LIFE = timedelta(minutes=2)
INVITE_LIFE = timedelta(days=366)  # the most; each says its own
LONG_WORK_LIFE = timedelta(days=2)
SESSION_LIFE = timedelta(days=30)
WEBLINK_LIFE = timedelta(minutes=15)
ATTEMPTS_LIFE = timedelta(minutes=1)
SHARE_LIFE = timedelta(days=30)  # the most; each says its own
PRESENCE_LIFE = timedelta(hours=1)  # refreshed while anybody has a socket open
FAREWELL_LIFE = timedelta(hours=48)  # later nobody has to be told any more
DEDUP_LIFE = timedelta(hours=24)  # in which a client may send its message again
MOVED_LIFE = timedelta(days=3650)  # ADMIN_CHAT_ID may name the old group for as long

_Name = TypeVar("_Name", bound=int | str)


@dataclass(frozen=True, slots=True)
class Keys(Generic[_Name]):
    """Keys of one kind: called with what it belongs to, it gives the key.

    life is the usual one, which the operator may have changed: see lifetime. None: PERMANENT.
    """

    prefix: str
    life: timedelta | None

    def __call__(self, name: _Name) -> str:
        return f"{self.prefix}{name}"


thread: Keys[ThreadId] = Keys("thread:", USUAL.threads)
user_threads: Keys[UserId] = Keys("user_threads:", USUAL.threads)
user_active_thread: Keys[UserId] = Keys("user_active_thread:", USUAL.threads)
thread_history: Keys[ThreadId] = Keys("thread_history:", USUAL.history)
llm_history: Keys[UserId] = Keys("llm_history:", USUAL.history)
trash: Keys[ThreadId] = Keys("trash:", UNDO_LIFE)
trash_history: Keys[ThreadId] = Keys("trash_history:", UNDO_LIFE)
turn: Keys[TurnId] = Keys("turn:", TURN_LIFE)
replies: Keys[UpdateId] = Keys("replies:", TURN_LIFE)
inbox_seen: Keys[UpdateId] = Keys("inbox:seen:", SEEN_LIFE)
inbox_chat: Keys[str] = Keys("inbox:chat:", SEEN_LIFE)
inbox_of: Keys[ReplicaId] = Keys("inbox:of:", None)
lease: Keys[str] = Keys("lease:", LEASE_LIFE)
alarm: Keys[str] = Keys("alarm:", ALARM_LIFE)
alarm_on: Keys[str] = Keys("alarm_on:", ALARM_LIFE)
user: Keys[UserId] = Keys("user:", None)
username: Keys[str] = Keys("username:", None)
login: Keys[str] = Keys("login:", None)
stats: Keys[str] = Keys("stats:", STATS_LIFE)
active: Keys[str] = Keys("active:", STATS_LIFE)
usage: Keys[UserId] = Keys("usage:", USAGE_LIFE)
asked: Keys[UserId] = Keys("asked:", ASKED_LIFE)
flood: Keys[UserId] = Keys("flood:", FLOOD_LIFE)
invite: Keys[str] = Keys("invite:", INVITE_LIFE)
moved: Keys[ChatId] = Keys("moved:", MOVED_LIFE)
broadcast: Keys[str] = Keys("broadcast:", LONG_WORK_LIFE)
broadcast_to: Keys[str] = Keys("broadcast_to:", LONG_WORK_LIFE)
pull: Keys[str] = Keys("pull:", LONG_WORK_LIFE)
session: Keys[str] = Keys("session:", SESSION_LIFE)
weblink: Keys[str] = Keys("weblink:", WEBLINK_LIFE)
attempts: Keys[str] = Keys("attempts:", ATTEMPTS_LIFE)
bridged: Keys[str] = Keys("bridged:", TURN_LIFE)
chat_session: Keys[str] = Keys("chat_session:", SESSION_LIFE)
chat_link: Keys[str] = Keys("chat_link:", WEBLINK_LIFE)
conv: Keys[ThreadId] = Keys("conv:", USUAL.threads)
conv_log: Keys[ThreadId] = Keys("conv_log:", USUAL.history)
conv_members: Keys[ThreadId] = Keys("conv_members:", USUAL.threads)
conv_dms: Keys[ThreadId] = Keys("conv_dms:", USUAL.threads)
conv_agents: Keys[ThreadId] = Keys("conv_agents:", USUAL.threads)
conv_posts: Keys[str] = Keys("conv_posts:", USUAL.history)
conv_gone: Keys[ThreadId] = Keys("conv_gone:", USUAL.history)
conv_work: Keys[ThreadId] = Keys("conv_work:", USUAL.threads)
conv_invites: Keys[ThreadId] = Keys("conv_invites:", USUAL.threads)
conv_invite: Keys[str] = Keys("conv_invite:", SHARE_LIFE)
user_convs: Keys[ParticipantId] = Keys("user_convs:", USUAL.threads)
chat_thread: Keys[str] = Keys("chat_thread:", USUAL.threads)
chat_topics: Keys[ChatId] = Keys("chat_topics:", USUAL.threads)
presence: Keys[ThreadId] = Keys("presence:", PRESENCE_LIFE)
post: Keys[str] = Keys("post:", USUAL.history)
dedup: Keys[str] = Keys("dedup:", DEDUP_LIFE)
job: Keys[JobId] = Keys("job:", None)
jobs: Keys[str] = Keys("jobs:", None)
user_jobs: Keys[UserId] = Keys("user_jobs:", None)
user_open_jobs: Keys[UserId] = Keys("user_open_jobs:", None)
thread_jobs: Keys[JobId] = Keys("thread_jobs:", None)
job_spots: Keys[JobId] = Keys("job_spots:", None)
job_at: Keys[str] = Keys("job_at:", None)
job_of: Keys[str] = Keys("job_of:", ASKED_LIFE)
job_question: Keys[str] = Keys("job_question:", QUESTION_LIFE)
job_said: Keys[str] = Keys("job_said:", TURN_LIFE)

INBOX_REPLICAS = "inbox:replicas"
INBOX_BOT = "inbox:bot"
INBOX_DEAD = "inbox:dead"
INBOX_TRIES = "inbox:tries"
POLL_SEEN = "poll:seen"
PROBE = "probe"
WRITING = "writing"
REPLICATED = "replicated"
WEBHOOK = "webhook"
PEOPLE = "people"
LOCAL_PEOPLE = "local_people"
INVITES = "invites"
AUDIT = "audit"
BROADCASTS = "broadcasts"
PULLS = "pulls"
DEFAULT_MODEL = "default_model"
PERSONAS = "personas"
CONV_OWING = "conv_owing"
CONV_FAREWELLS = "conv_farewells"
AUDIT_COPY = "audit_copy"
LINE_WAITING = "line:waiting"
LINE_RUNNING = "line:running"
LINE_PEOPLE = "line:people"
LINE_PACE = "line:pace"
LINE_HOLDERS = "line:holders"
LINE_CANCELLED = "line:cancelled"
JOB_SEQ = "job_seq"
TICKETS = "docket:luka"  # pydocket makes its own keys behind it

SINGLE = {
    CONV_OWING: USUAL.threads,
    CONV_FAREWELLS: FAREWELL_LIFE,
    INVITES: INVITE_LIFE,
    AUDIT: AUDIT_LIFE,
    BROADCASTS: LONG_WORK_LIFE,
    PULLS: LONG_WORK_LIFE,
    AUDIT_COPY: AUDIT_LIFE,
    INBOX_DEAD: DEAD_LIFE,
    INBOX_TRIES: SEEN_LIFE,
    POLL_SEEN: POLL_LIFE,
    PROBE: PROBE_LIFE,
    WRITING: WRITING_LIFE,
    REPLICATED: REPLICATED_LIFE,
    WEBHOOK: WEBHOOK_LIFE,
    LINE_WAITING: LINE_LIFE,
    LINE_RUNNING: LINE_LIFE,
    LINE_PEOPLE: LINE_LIFE,
    LINE_PACE: LINE_LIFE,
    LINE_HOLDERS: LINE_LIFE,
    LINE_CANCELLED: LINE_LIFE,
}

PERMANENT = {
    inbox_of.prefix: "an update lives there until it is answered, however long that takes",
    INBOX_REPLICAS: "whose inboxes there are: without it their updates would be forgotten",
    user.prefix: "who may talk is known until they are forgotten",
    username.prefix: "leads to a person, and goes with them",
    login.prefix: "leads to an account, and goes with it",
    PEOPLE: "who there is; ids go with their people",
    LOCAL_PEOPLE: "the number that the next account without Telegram gets",
    DEFAULT_MODEL: "what admins switched to holds until they switch again, or OLLAMA_MODEL changes",
    PERSONAS: "agents that admins made stay until they remove them",
    JOB_SEQ: "a job's number is never used again",
    **dict.fromkeys(
        [kind.prefix for kind in (job, jobs, user_jobs, user_open_jobs, thread_jobs, job_spots)],
        "a job stays until its owner removes it, or is forgotten",
    ),
    f"{TICKETS}:": "pydocket's: tickets go as they are done, its workers' signs when they are old",
    job_at.prefix: "leads from a message to a job, and goes with it",
    INBOX_BOT: "the inbox stays its bot's, however long that bot is away",
}

_MANY = [kind for kind in list(globals().values()) if isinstance(kind, Keys)]

_FOR_EVER = tuple(kind.prefix for kind in _MANY if kind.life is None and kind is not inbox_of)


_OF_THREADS = (
    thread,
    user_threads,
    user_active_thread,
    conv,
    conv_members,
    conv_dms,
    conv_agents,
    conv_work,
    conv_invites,
    user_convs,
    chat_thread,
    chat_topics,
)
_OF_HISTORIES = (thread_history, llm_history, post, conv_posts, conv_log, conv_gone)


BUS = "bus:"  # channels, not keys: each conversation has one
JOB_NEWS = "news:jobs"  # a channel


def lifetime(key: str, lives: Lives = USUAL) -> timedelta | None:
    """The longest a key may live, None if for ever. KeyError if no such key is ours."""
    if key in PERMANENT or key.startswith((*_FOR_EVER, f"{TICKETS}:")):
        return None
    for kind in _MANY:
        if key.startswith(kind.prefix):
            return _life(kind, lives)
    return lives.threads if key == CONV_OWING else SINGLE[key]


def _life(kind: Keys[Any], lives: Lives) -> timedelta | None:
    if kind in _OF_THREADS:
        return lives.threads
    return lives.history if kind in _OF_HISTORIES else kind.life
