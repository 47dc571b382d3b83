"""What became of each call to Telegram, counted and told in the debug log."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import structlog

from luka_bot.delivery import failures
from luka_bot.delivery.taxonomy import FOREIGN, sorted_out
from luka_bot.metrics import TELEGRAM_CALLS, TELEGRAM_SECONDS
from luka_bot.models.ids import ChatId

_NOWHERE = ChatId(0)
_OUTCOMES: dict[type[failures.DeliveryError], str] = {
    failures.Taken: "ok",
    failures.Unchanged: "unchanged",
    failures.Flooded: "flood",
    failures.Unreached: "unreached",
    failures.Unanswered: "unanswered",
    failures.PersonAway: "gone",
    failures.TopicGone: "gone",
    failures.MessageGone: "gone",
}

log = structlog.get_logger(__name__)


@contextmanager
def tallied(method: str) -> Iterator[None]:
    began = perf_counter()
    outcome = "cancelled"
    try:
        yield
        outcome = "ok"
    except FOREIGN as error:
        outcome = _outcome(error)
        raise
    finally:
        seconds = perf_counter() - began
        TELEGRAM_CALLS.labels(method, outcome).inc()
        TELEGRAM_SECONDS.labels(method).observe(seconds)
        log.debug("telegram.called", method=method, outcome=outcome, seconds=round(seconds, 3))


def _outcome(error: Exception) -> str:
    failure = sorted_out(error, _NOWHERE)
    return next((name for kind, name in _OUTCOMES.items() if isinstance(failure, kind)), "refused")
