"""/audit: who did what to whom, newest first."""

from collections.abc import Mapping
from html import escape

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.moments import moment
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.audit import SYSTEM, Entry
from luka_bot.models.ids import UserId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.audit_service import AuditPage, AuditService

NOBODY = UserId(-1)  # in a button: everybody's entries


class AuditAt(CallbackData, prefix="audit_at"):
    """whom: only this person's, or NOBODY."""

    offset: int
    whom: int


def routes() -> Router:
    router = Router(name="audit_log")
    router.message.filter(in_admin_group)
    router.message.register(show, Command("audit"), flags=does(Action.SEE_AUDIT))
    router.callback_query.register(turn, AuditAt.filter(), flags=does(Action.SEE_AUDIT))
    return router


async def show(
    _: Message,
    command: CommandObject,
    asker: Asker,
    person: Person,
    audit_service: AuditService,
    screen: Screen,
) -> None:
    """Of everybody, or of whoever is named. Raises PersonGone."""
    page = await audit_service.page(0, who=command.args or "")
    zone = audit_service.zone_of(person)
    await screen.show(asker, _text(asker.words, page, zone), _keyboard(asker.words, page))


async def turn(
    query: CallbackQuery,
    callback_data: AuditAt,
    asker: Asker,
    person: Person,
    audit_service: AuditService,
    screen: Screen,
) -> None:
    who = "" if callback_data.whom == NOBODY else str(callback_data.whom)
    page = await audit_service.page(max(0, callback_data.offset), who=who)
    text = _text(asker.words, page, audit_service.zone_of(person))
    await screen.turn_into(query, asker, text, _keyboard(asker.words, page))


def _text(words: Words, page: AuditPage, time_zone: str) -> str:
    if not page.entries:
        return words.html("audit.empty")
    lines = [f"{moment(one.at, time_zone)} {told(words, one, page.names)}" for one in page.entries]
    return "\n".join([words.html("audit.header"), "", *lines])


def told(words: Words, entry: Entry, names: Mapping[UserId, str]) -> str:
    """One entry as a sentence; HTML."""
    by = words("audit.luka") if entry.by == SYSTEM and not entry.by_name else entry.by_name
    whom = "" if entry.whom is None else names.get(entry.whom, str(entry.whom))
    sentence = words.html(f"audit.{entry.event.value}", by=by, whom=whom)
    return f"{sentence} ({escape(entry.detail, quote=False)})" if entry.detail else sentence


def _keyboard(words: Words, page: AuditPage) -> InlineKeyboardMarkup | None:
    whom = NOBODY if page.whom is None else page.whom
    newer = AuditAt(offset=max(0, page.offset - page.size), whom=whom)
    older = AuditAt(offset=page.offset + page.size, whom=whom)
    turning = [button(words("button.audit.newer"), newer)] if page.offset else []
    turning += [button(words("button.audit.older"), older)] if page.more else []
    return rows(turning)
