"""What an operator can measure of conversations."""

from luka_bot.metrics import counter, gauge, histogram

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

CONNECTIONS = gauge("chat_connections", "Sockets that listen to conversations in this process.")
MESSAGES = counter(
    "chat_messages_total",
    "Messages of conversations that were stored, by who spoke (human, agent, system) and where "
    "it came from (group, dm, web, inside).",
    "sender",
    "door",
)
DUPLICATES = counter("chat_duplicates_total", "Messages that somebody sent again.")
HUMANS = histogram(
    "chat_humans",
    "How many people took part in the conversation in which a message was said.",
    (1, 2, 3, 5, 10, 20, 50, 100),
)
QUEUE_DEPTH = gauge(
    "chat_queue_depth", "Outstanding work of the conversations that this process hosts, added up."
)
HOSTED = gauge("chat_hosted", "Conversations whose work this process does.")
DELIVERY_SECONDS = histogram(
    "chat_delivery_seconds",
    "From when a message was said until this process's listeners have it.",
    QUICK,
)
POST_SECONDS = histogram(
    "chat_post_seconds",
    "From when a message was said until it was handed to Telegram.",
    (0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60),
)
REFUSED = counter("chat_refused_total", "Messages that a conversation refused: it owed too much.")
GAVE_WAY = counter("chat_agents_gave_way_total", "Agents' works that gave way to people.")
LISTENERS_DROPPED = counter("chat_listeners_dropped_total", "Listeners that broke.")
CACHE_LOOKUPS = counter(
    "chat_cache_total", "Look-ups of a conversation in memory: hit or miss.", "result"
)
SEQUENCE_LAG = histogram(
    "chat_sequence_lag",
    "How many messages were missing when a gap was noticed.",
    (0, 1, 2, 5, 10, 50, 100, 300, 1000),
)
REFILLS = counter("chat_refills_total", "Look-ups in a log for what the bus didn't bring.")
AGENT_ASKED = counter(
    "agent_asked_total", "Messages that an agent heard, by what it decided.", "agent", "decision"
)
AGENT_TIMEOUTS = counter("agent_timeouts_total", "Agents that had no word in time.", "agent")
AGENT_FAILURES = counter("agent_failures_total", "Answers of agents that failed.", "error")
AGENT_SECONDS = histogram(
    "agent_answer_seconds",
    "From when an agent begins until its answer is stored.",
    (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600),
)
CONTEXT_SECONDS = histogram(
    "agent_context_seconds", "How long an agent's context took to build.", QUICK
)

for _result in ("hit", "miss"):
    CACHE_LOOKUPS.labels(_result)
for _door in ("group", "dm", "web"):
    MESSAGES.labels("human", _door)
MESSAGES.labels("agent", "inside")
