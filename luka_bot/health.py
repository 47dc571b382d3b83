"""Whether the bot that runs here serves people; asked every 30 s, so it imports little."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

from luka_bot.config import Settings
from luka_bot.locales import words_for
from luka_bot.models.errors import LukaError
from luka_bot.storage.connect import open_storage, runs_beside
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.watch.check import AlarmName

ANSWER_SECONDS = 5.0  # the container's own check has 10
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not listened on


@dataclass(frozen=True, slots=True)
class Finding:
    """remedy is empty when all is well; note is worth knowing even then."""

    what: str
    says: str
    remedy: str = ""
    note: str = ""

    @property
    def well(self) -> bool:
        return not self.remedy


def readiness(settings: Settings) -> list[Finding]:
    """What `/health/ready` of the bot on this machine tells."""
    host = EVERYWHERE.get(settings.web_host, settings.web_host)
    connection = HTTPConnection(host, settings.web_port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/health/ready")
        told = json.loads(connection.getresponse().read())
        return _findings(told)
    except (OSError, HTTPException):
        says = f"no luka answers on port {settings.web_port}"
        return [Finding("luka", says, "Start it with `luka-bot run`; its log says why it ended.")]
    except (ValueError, LookupError, TypeError, AttributeError):
        says = f"what answers on port {settings.web_port} is no luka"
        return [Finding("luka", says, "Give luka another WEB_PORT.")]
    finally:
        connection.close()


async def heard_from_telegram(settings: Settings) -> Finding:
    """Where luka listens nowhere. Starts no store of its own: where none runs, no bot does."""
    if not (settings.redis_url or runs_beside(settings.data_dir)):
        return Finding("Telegram", "no luka runs here", "luka-bot run")
    try:
        async with open_storage(
            settings.redis_url, settings.data_dir, attach=True, lives=settings.lives
        ) as storage:
            seen = await InboxRecords(storage, time.time).last_polled()
    except LukaError as error:
        return Finding("Telegram", f"storage is away: {error}", "Is Redis running?")
    if seen is None:
        return Finding("Telegram", "silent for two minutes", "luka-bot doctor")
    return Finding("Telegram", f"heard from Telegram {time.time() - seen:.0f} s ago")


def _findings(told: Mapping[str, Any]) -> list[Finding]:
    status = str(told["status"])
    bad = {name: str(one["detail"]) for name, one in told["checks"].items() if not one["ok"]}
    match status:
        case "ready":
            return [Finding("luka", "ready")]
        case "starting":
            return [Finding("luka", "it is starting", "Wait a moment.")]
        case "degraded":
            notes = [Finding(name, detail, note=_remedy(name)) for name, detail in bad.items()]
            return [Finding("luka", "ready, but needs a look"), *notes]
        case _:
            return [Finding(name, detail, _remedy(name)) for name, detail in bad.items()]


def _remedy(name: str) -> str:
    words = words_for("en")
    return words(f"alarm.{name}.do") if name in set(AlarmName) else "Restart luka."
