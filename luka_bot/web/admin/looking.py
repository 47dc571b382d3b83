"""The pages on which nothing can be changed: how luka is, its models, numbers, and who did what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from luka_bot import __version__
from luka_bot.llm.protocol import InstalledModel, LoadedModel, ModelShelf
from luka_bot.locales import Words
from luka_bot.locales.failures import failure
from luka_bot.models.audit import Entry
from luka_bot.models.clock import Clock
from luka_bot.models.errors import ModelError
from luka_bot.models.ids import UserId
from luka_bot.models.person import Standing
from luka_bot.services.audit_service import AuditService
from luka_bot.services.default_model import DefaultModel
from luka_bot.services.people_service import PeopleService
from luka_bot.services.queue_service import QueueService
from luka_bot.services.stats_service import StatsService
from luka_bot.storage.inbox_records import InboxRecords
from luka_bot.watch.check import AlarmName
from luka_bot.watch.watchdog import Report
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.people import QUERY_LENGTH, place
from luka_bot.web.admin.press import Press, Sorry

ENTRIES = 50  # of the audit log on a page
SPANS = (7, 30, 90)  # days
HOUR = 3600.0

Told = Callable[[Words, Entry, Mapping[UserId, str]], str]
"""An entry as a sentence; HTML."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What there is to be looked at. up: seconds since the start.

    shelf: None where the API has none.
    """

    report: Callable[[], Report]
    records: InboxRecords
    queue: QueueService
    people: PeopleService
    stats: StatsService
    audit: AuditService
    shelf: ModelShelf | None
    model: DefaultModel
    told: Told
    up: Clock


class Looking:
    def __init__(self, sights: Sights, press: Press) -> None:
        self._sights = sights
        self._press = press

    async def overview(self, _request: web.Request, caller: Caller) -> web.Response:
        sights = self._sights
        people = await sights.people.page("", None, 0, 1)
        waiting = await sights.people.page("", Standing.WAITING, 0, 5)
        report, _ = await sights.stats.report(1)
        line = await sights.queue.look()
        return self._press.page(
            "overview",
            caller,
            report=sights.report(),
            alarms={name.value for name in AlarmName},
            state=await sights.records.state(),
            running=sum(one.running for one in line),
            in_line=sum(not one.running for one in line),
            today=report.days[-1].figures,
            counts={standing.value: number for standing, number in people.counts.items()},
            waiting=waiting.people,
            hours=sights.up() / HOUR,
            version=__version__,
            model=sights.model.name,
        )

    async def models(self, _request: web.Request, caller: Caller) -> web.Response:
        shelf, wrong = self._sights.shelf, ""
        installed: tuple[InstalledModel, ...] = ()
        loaded: tuple[LoadedModel, ...] = ()
        try:
            if shelf is not None:
                installed, loaded = await shelf.installed(), await shelf.loaded_models()
        except ModelError as error:
            wrong = failure(caller.words, error)
        return self._press.page(
            "models",
            caller,
            has_shelf=shelf is not None,
            installed=sorted(installed, key=lambda one: one.name),
            loaded=loaded,
            model=self._sights.model.name,
            wrong=wrong,
        )

    async def stats(self, request: web.Request, caller: Caller) -> web.Response:
        asked = request.query.get("days", "")
        span = next((one for one in SPANS if str(one) == asked), SPANS[0])
        report, names = await self._sights.stats.report(span)
        most = max((day.figures.messages for day in report.days), default=0)
        return self._press.page(
            "stats", caller, report=report, names=names, span=span, spans=SPANS, most=max(most, 1)
        )

    async def audit(self, request: web.Request, caller: Caller) -> web.Response:
        """Raises PersonGone for somebody whom nobody knows."""
        who = request.query.get("who", "").strip()[:QUERY_LENGTH]
        offset = place(request.query.get("from", ""))
        page = await self._sights.audit.page(offset, who, ENTRIES)
        sentences = [
            Markup(self._sights.told(caller.words, one, page.names))  # noqa: S704 - values escaped
            for one in page.entries
        ]
        return self._press.page(
            "audit",
            caller,
            found=page,
            entries=list(zip(page.entries, sentences, strict=True)),
            who=who,
            link=_audit_link,
        )

    async def missing(self, _request: web.Request, _caller: Caller) -> web.Response:
        raise Sorry("gone", 404)


def _audit_link(who: str, offset: int) -> str:
    wanted = {"who": who, "from": offset or ""}
    asked = urlencode({name: value for name, value in wanted.items() if value})
    return f"/admin/audit?{asked}" if asked else "/admin/audit"
