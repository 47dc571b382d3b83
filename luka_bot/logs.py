"""How luka tells what it does: one form for its own lines and for its libraries'.

Ids come from `structlog.contextvars.bound_contextvars(update_id=…, turn_id=…, thread_id=…)`.
"""

import logging
import os
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

QUIET = (  # a line a request or more
    "aiogram",
    "aiohttp.access",
    "asyncio",
    "httpcore",
    "httpx",
    "redis",
)
MUTE = "docket"  # with Redis away it tells so each second, and with it the whole trace
STRANGERS = "aiohttp.server"  # tells of requests that are no HTTP, with all that stood in them

_SECRETS = (
    (re.compile(r"(/bot)\d+(?::|%3[Aa])[^/\s\"'\\]+"), r"\1[token]"),
    (re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}"), "[token]"),
    (re.compile(r"(://[^/\s:@\"']*:)[^/\s@\"']+@"), r"\1[password]@"),
    (re.compile(r"([?&]\w*(?:pass|secret|token|key)\w*=)[^&\s\"']+", re.IGNORECASE), r"\1[secret]"),
)


def configure_logs(level: str, stream: TextIO = sys.stderr) -> None:
    """level is `debug`, `info`, `warning` or `error`. Lines for people on a terminal, else JSON."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # a test configures more than once
    )
    handler = _Handler(stream)
    handler.setFormatter(_formatter(before, is_terminal=stream.isatty()))
    _install(handler, level.upper())


def redact(text: str) -> str:
    """The text without bot tokens and without passwords in addresses."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that configuring again replaces it and nobody else's."""


class _Strangers(logging.Filter):
    """Whatever isn't HTTP is told without a word of it, and only to who wants to know all."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        theirs = type(error).__module__.startswith("aiohttp.")  # importing it takes its time
        if not theirs and not isinstance(error, OSError):
            return True
        record.msg, record.args = "request.unreadable: %s", (type(error).__name__,)
        record.exc_info, record.exc_text = None, None
        record.levelno, record.levelname = logging.DEBUG, "DEBUG"
        return logging.getLogger().isEnabledFor(logging.DEBUG)


def _formatter(before: list[Processor], *, is_terminal: bool) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _for_people() if is_terminal else structlog.processors.JSONRenderer(ensure_ascii=False),
            _redacted,  # last, over the whole line: no field and no traceback can get round it
        ],
    )


def _for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(
        colors="NO_COLOR" not in os.environ,
        exception_formatter=structlog.dev.plain_traceback,  # the rich one would print locals
    )


def _redacted(_logger: WrappedLogger, _method: str, line: EventDict | str) -> str:
    return redact(str(line))


def _install(handler: logging.Handler, level: str) -> None:
    root = logging.getLogger()
    for old in [known for known in root.handlers if isinstance(known, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(MUTE).setLevel(logging.CRITICAL)
    strangers = logging.getLogger(STRANGERS)
    if not any(isinstance(known, _Strangers) for known in strangers.filters):
        strangers.addFilter(_Strangers())
