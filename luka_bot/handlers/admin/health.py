"""/health and /config: how luka is, and how it is set up."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from luka_bot import __version__
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.split import PART_SIZE
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.rights import Action
from luka_bot.shown_settings import lines
from luka_bot.storage.inbox_records import InboxRecords, InboxState
from luka_bot.watch.check import AlarmName, Outcome
from luka_bot.watch.watchdog import Report

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Vigil:
    """What is known of how luka is. started: of the monotonic clock, when this process began."""

    report: Callable[[], Report]
    records: InboxRecords
    started: float


def routes() -> Router:
    router = Router(name="admin_health")
    router.message.filter(in_admin_group)
    router.message.register(health, Command("health"), flags=does(Action.SEE_HEALTH))
    router.message.register(config, Command("config"), flags=does(Action.SEE_CONFIG))
    return router


async def health(_: Message, asker: Asker, vigil: Vigil, screen: Screen) -> None:
    state, hours = await vigil.records.state(), (time.monotonic() - vigil.started) / HOUR
    await screen.show(asker, health_text(asker.words, vigil.report(), state, hours))


def health_text(words: Words, report: Report, state: InboxState, hours: float) -> str:
    """hours: since this process began. HTML."""
    head = words.html(f"health.{report.status.name.lower()}", version=__version__)
    checks = [_check(words, name, seen) for name, seen in report.checks.items()]
    numbers = [
        words.html("health.inbox", depth=state.depth, oldest=round(state.oldest)),
        words.html("health.dead", number=state.dead),
        words.html("health.replicas", number=state.replicas),
        words.html("health.up", hours=f"{hours:.1f}"),
    ]
    return "\n".join([head, "", *checks, "", *numbers])


def _check(words: Words, name: str, seen: Outcome) -> str:
    detail = f" ({escape(seen.detail, quote=False)})" if seen.detail else ""
    line = f"{'✅' if seen.ok else '⚠️'} {words.html(f'health.check.{name}')}{detail}"
    if seen.ok or name not in set(AlarmName):
        return line
    return f"{line}\n   → {words.html(f'alarm.{name}.do')}"


async def config(_: Message, asker: Asker, settings: Settings, courier: Courier) -> None:
    """As a file where it is too long for a message."""
    text = "\n".join(lines(settings))
    html = f"<pre>{escape(text, quote=False)}</pre>"
    if len(text) <= PART_SIZE:
        await courier.send_html(asker.target, html)
    else:
        caption = asker.words("config.caption")
        await courier.send_document(asker.target, "luka-config.txt", text.encode(), caption)
