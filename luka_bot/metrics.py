"""What an operator can measure; each metric is declared here and counted where it happens.

No label ever holds a person, a chat or a text: what may stand in one is a short, known list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from luka_bot import __version__
from luka_bot.models.errors import ModelError

# No second series beside each for the time it began.
disable_created_metrics()  # type: ignore[no-untyped-call]  # they forgot to type it

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)


@dataclass(frozen=True, slots=True)
class Declared:
    name: str
    kind: str
    labels: tuple[str, ...]
    text: str


DECLARED: list[Declared] = []


def _declared(name: str, kind: str, labels: tuple[str, ...], text: str) -> str:
    DECLARED.append(Declared(f"luka_{name}", kind, labels, text))
    return DECLARED[-1].name


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(_declared(name, "counter", labels, text), text, labels, registry=REGISTRY)


def _gauge(name: str, text: str, *labels: str) -> Gauge:
    return Gauge(_declared(name, "gauge", labels, text), text, labels, registry=REGISTRY)


def _histogram(name: str, text: str, buckets: Sequence[float], *labels: str) -> Histogram:
    name = _declared(name, "histogram", labels, text)
    return Histogram(name, text, labels, buckets=buckets, registry=REGISTRY)


counter, gauge, histogram = _counter, _gauge, _histogram  # for what is declared elsewhere

# The way in

UPDATES = _counter(
    "updates_total",
    "Updates that Telegram brought, again or not, by kind and door (poll, webhook).",
    "kind",
    "door",
)
INBOX_DEPTH = _gauge("inbox_depth", "Updates that are stored and not dealt with yet.")
INBOX_OLDEST = _gauge(
    "inbox_oldest_seconds", "How long the oldest of them has waited; 0 if none waits."
)
INBOX_DUPLICATES = _counter("inbox_duplicates_total", "Updates that Telegram brought again.")
INBOX_TAKEOVERS = _counter(
    "inbox_takeovers_total", "Dead replicas whose updates this one has taken over."
)
DEAD_LETTERS = _counter(
    "dead_letters_total",
    "Updates given up on: unreadable, broke (a handler failed), or poison "
    "(the process died with it again and again).",
    "reason",
)
DEAD_LETTERS_KEPT = _gauge("dead_letters_kept", "Updates given up on in the last 14 days.")
REPLICAS = _gauge("replicas", "Processes of this bot that are alive.")
LAST_POLL = _gauge(
    "last_poll_timestamp_seconds",
    "When a poll last succeeded, since the epoch; 0 before the "
    "first one, and in a process that doesn't poll.",
)
POLL_CONFLICTS = _counter("poll_conflicts_total", "409: somebody else polls with our token.")
POLL_FAILURES = _counter("poll_failures_total", "Polls that failed, by kind of error.", "error")
WEBHOOK_REQUESTS = _counter(
    "webhook_requests_total", "Requests at the webhook, by the status we answered.", "status"
)

# Turns

TURNS = _counter(
    "turns_total",
    "Turns that ended: done, stopped (by the person), failed (by the model or by "
    "us), refused (nothing left to answer), undelivered (Telegram takes nothing for this chat).",
    "outcome",
)
MODEL_SERVERS = _gauge(
    "model_servers",
    "With several addresses in OLLAMA_URL: how many of them are alive, and how many away.",
    "state",
)
MODEL_FAILURES = _counter(
    "model_failures_total", "Answers that the model failed, by error.", "error"
)
TIME_TO_FIRST_TEXT = _histogram(
    "time_to_first_text_seconds",
    "From a turn's start, any wait for its place included, to the "
    "first text that the person sees in Telegram.",
    (0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 8, 13, 20, 30, 60, 120, 300),
)
ANSWER_SECONDS = _histogram(
    "answer_seconds",
    "From a turn's start to its settled last word.",
    (0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800),
)
TOKENS_PER_SECOND = _histogram(
    "tokens_per_second",
    "How fast one answer was written, from its first token to its last.",
    (1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 400),
)
PROMPT_TOKENS = _counter("prompt_tokens_total", "Tokens that the model was given to read.")
ANSWER_TOKENS = _counter("answer_tokens_total", "Tokens that the model wrote.")
GENERATIONS_RUNNING = _gauge("generations_running", "Answers this process has a model writing.")
GENERATIONS_WAITING = _gauge("generations_waiting", "Turns of this process that wait in the line.")
LINE_WAIT = _histogram(
    "line_wait_seconds",
    "How long a turn waited in the line for a free model.",
    (0.01, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800),
)

# Telegram

TELEGRAM_CALLS = _counter(
    "telegram_calls_total",
    "Calls made for people, by what became of them: ok, unchanged (it stood there already), flood "
    "(429), refused, gone (the person, topic or message is no longer there), unreached (certainly "
    "not taken), unanswered (nobody knows) or cancelled (luka left before it ended).",
    "method",
    "outcome",
)
TELEGRAM_SECONDS = _histogram(
    "telegram_call_seconds",
    "How long one call took.",
    (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60, 180),
    "method",
)
FLOOD_WAITS = _counter("flood_waits_total", "How often Telegram told a chat to wait.")
FLOOD_WAIT_SECONDS = _counter(
    "flood_wait_seconds_total", "How long it told them to wait, added up."
)
AMBIGUOUS_SENDS = _counter(
    "ambiguous_sends_total",
    "Sends of which nobody knows whether they arrived, so that a copy may have followed: cut off "
    "on the wire, or marked by a run that was killed (restart; some of these were never sent).",
    "why",
)

# Storage and health

STORAGE_SECONDS = _histogram(
    "storage_seconds",
    "One round trip to Redis, by script or command.",
    (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    "command",
)
STORAGE_AWAY = _counter("storage_away_total", "Calls that Redis didn't answer, or refused for now.")
STORAGE_UNREPLICATED = _counter(
    "storage_unreplicated_total",
    "Writes behind Sentinel that a failover would lose, since there was no replica.",
)
ALARM = _gauge("alarm", "1 while this alarm stands, else 0.", "name")
ALARMS = _counter("alarms_total", "How often this alarm was raised.", "name")
BUILD = _gauge("build_info", "Always 1; the version is in the label.", "version")

AT_SCRAPE = (INBOX_DEPTH, INBOX_OLDEST, DEAD_LETTERS_KEPT, REPLICAS)
"""Asked of Redis at each scrape, the same from every replica; NaN while Redis is away."""

BUILD.labels(__version__).set(1)
for _outcome in ("done", "stopped", "failed", "refused", "undelivered"):
    TURNS.labels(_outcome)  # a rate needs its 0: what begins with 1 has none
for _reason in ("unreadable", "broke", "poison"):
    DEAD_LETTERS.labels(_reason)
for _why in ("wire", "restart"):
    AMBIGUOUS_SENDS.labels(_why)
for _status in ("200", "400", "401", "408", "413", "500", "503"):
    WEBHOOK_REQUESTS.labels(_status)
for _kind in ("message", "edited_message", "callback_query", "my_chat_member"):
    for _door in ("poll", "webhook"):
        UPDATES.labels(_kind, _door)
for _error in ("Network", "Server", "Conflict", "Unauthorized"):
    POLL_FAILURES.labels(f"Telegram{_error}Error")
for _failure in ModelError.__subclasses__():
    MODEL_FAILURES.labels(_failure.__name__)
for _method in ("sendMessage", "editMessageText"):
    for _outcome in ("ok", "flood", "refused", "gone", "unreached", "unanswered"):
        TELEGRAM_CALLS.labels(_method, _outcome)
