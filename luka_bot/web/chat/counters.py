"""What an operator can measure of this door."""

from luka_bot.metrics import counter, gauge, histogram

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)

SOCKETS = gauge("chat_sockets", "Sockets that people have open in this process.")
PEOPLE = gauge("chat_socket_people", "People who have at least one of them open.")
HANDSHAKE_SECONDS = histogram(
    "chat_handshake_seconds", "From a request for a socket until it is open.", QUICK
)
SOCKET_SECONDS = histogram(
    "chat_socket_seconds",
    "How long a socket was open.",
    (1, 10, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600),
)
CLOSED = counter("chat_sockets_closed_total", "Sockets that ended, by close code.", "code")
FRAMES_IN = counter("chat_frames_in_total", "Frames that people sent, by type.", "type")
FRAMES_OUT = counter("chat_frames_out_total", "Frames that were written to sockets.")
FRAMES_DROPPED = counter(
    "chat_frames_dropped_total", "Frames of growing answers that a slow reader didn't get."
)
SAY_SECONDS = histogram(
    "chat_say_seconds", "From a message's frame until it is stored and acknowledged.", QUICK
)
ERRORS = counter("chat_errors_total", "Refusals by HTTP or a frame, by code.", "code")
CALLS = histogram("chat_call_seconds", "How long an HTTP call took.", QUICK, "call")
ASK_SECONDS = histogram(
    "ask_seconds",
    "From a question to POST /ask until its last word.",
    (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 180, 600),
)
