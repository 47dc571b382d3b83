"""Who may do what: denied unless it is granted here."""

from enum import StrEnum

from luka_bot.models.person import Person, PersonRole, Standing


class Action(StrEnum):
    """Each is what a command, a button or a page does; several may do the same."""

    START = "start"
    JOIN = "join"  # by an invite
    READ_HELP = "read_help"
    READ_PRIVACY = "read_privacy"
    EXPORT_ALL = "export_all"
    FORGET = "forget"
    SETTINGS = "settings"
    ASK = "ask"
    OVERHEAR = "overhear"  # said in a group to others: luka listens, and may be asked by it
    STOP = "stop"
    SEE_THREADS = "see_threads"
    CHANGE_THREADS = "change_threads"
    ERASE_THREADS = "erase_threads"
    REDACT = "redact"
    SHARE = "share"  # and who is in, and who no longer
    JOIN_CONVERSATION = "join_conversation"
    LEAVE = "leave"
    SEE_AGENTS = "see_agents"
    CHANGE_AGENTS = "change_agents"
    OPEN_WEB = "open_web"
    SEE_GROUP = "see_group"  # how luka is in a group
    CHANGE_GROUP = "change_group"
    SUBMIT_JOBS = "submit_jobs"  # and reply to one's own
    SEE_JOBS = "see_jobs"  # one's own; whose else, `JobService` decides
    CHANGE_JOBS = "change_jobs"  # cancel, edit and remove one's own
    FILES = "files"  # of one's own workspace
    UNKNOWN = "unknown"  # what luka doesn't understand, answered with a hint

    SEE_PEOPLE = "see_people"
    DECIDE_PEOPLE = "decide_people"
    LIMIT_PEOPLE = "limit_people"
    ERASE_PEOPLE = "erase_people"
    INVITE = "invite"
    SEE_STATS = "see_stats"
    SEE_MODELS = "see_models"
    CHANGE_MODELS = "change_models"
    SEE_QUEUE = "see_queue"
    CHANGE_QUEUE = "change_queue"
    BROADCAST = "broadcast"
    SEE_AUDIT = "see_audit"
    SEE_HEALTH = "see_health"
    SEE_CONFIG = "see_config"
    SEE_DEAD = "see_dead"
    RETRY_DEAD = "retry_dead"
    OPEN_ADMIN_PAGE = "open_admin_page"
    SEE_PERSONAS = "see_personas"
    SEE_ALL_JOBS = "see_all_jobs"
    DECIDE_JOBS = "decide_jobs"
    CHANGE_PERSONAS = "change_personas"


class Rank(StrEnum):
    BANNED = "banned"
    STRANGER = "stranger"  # also who waits, or was rejected
    USER = "user"
    ADMIN = "admin"


ADMINS_ALONE = frozenset(
    {
        Action.SEE_PEOPLE,
        Action.DECIDE_PEOPLE,
        Action.LIMIT_PEOPLE,
        Action.ERASE_PEOPLE,
        Action.INVITE,
        Action.SEE_STATS,
        Action.SEE_MODELS,
        Action.CHANGE_MODELS,
        Action.SEE_QUEUE,
        Action.CHANGE_QUEUE,
        Action.BROADCAST,
        Action.SEE_AUDIT,
        Action.SEE_HEALTH,
        Action.SEE_CONFIG,
        Action.SEE_DEAD,
        Action.RETRY_DEAD,
        Action.OPEN_ADMIN_PAGE,
        Action.SEE_PERSONAS,
        Action.CHANGE_PERSONAS,
        Action.SEE_ALL_JOBS,
        Action.DECIDE_JOBS,
    }
)
"""Done in the admins' group, or on their page; in any other chat not even an admin can."""

_ANYBODY = frozenset({Action.READ_PRIVACY, Action.EXPORT_ALL, Action.FORGET})
_STRANGERS = _ANYBODY | {
    Action.JOIN,
    Action.READ_HELP,
    Action.SETTINGS,
    Action.UNKNOWN,
    Action.OVERHEAR,
}
_USERS = _STRANGERS | {
    Action.START,
    Action.ASK,
    Action.STOP,
    Action.SEE_THREADS,
    Action.CHANGE_THREADS,
    Action.ERASE_THREADS,
    Action.REDACT,
    Action.SHARE,
    Action.JOIN_CONVERSATION,
    Action.LEAVE,
    Action.SEE_AGENTS,
    Action.CHANGE_AGENTS,
    Action.OPEN_WEB,
    Action.SEE_GROUP,
    Action.CHANGE_GROUP,
    Action.SUBMIT_JOBS,
    Action.SEE_JOBS,
    Action.CHANGE_JOBS,
    Action.FILES,
}

GRANTED: dict[Rank, frozenset[Action]] = {
    # A ban outlives what is kept of them: whoever forgot themselves would be a stranger again.
    Rank.BANNED: _ANYBODY - {Action.FORGET},
    Rank.STRANGER: _STRANGERS,
    Rank.USER: _USERS,
    Rank.ADMIN: _USERS | ADMINS_ALONE,
}

OF_THE_GROUP = frozenset(
    {Action.ERASE_THREADS, Action.SHARE, Action.CHANGE_AGENTS, Action.CHANGE_GROUP}
)
"""In a group only its own administrators may: what is gone is gone for all of them, and so
is who else listens."""


def may(rank: Rank, action: Action) -> bool:
    return action in GRANTED[rank]


def rank_of(person: Person, *, is_admin: bool) -> Rank:
    """is_admin: by the settings, or by their place in the admins' group. No admin can be banned."""
    if is_admin:
        return Rank.ADMIN
    if person.standing is Standing.BANNED:
        return Rank.BANNED
    if person.standing is not Standing.ALLOWED:
        return Rank.STRANGER
    return Rank.ADMIN if person.role is PersonRole.ADMIN else Rank.USER
