"""/audit: who did what to whom, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from luka_bot.delivery.split import PART_SIZE
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
from luka_bot.services.audit_service import PAGE, AuditPage, AuditService

NOBODY = UserId(-1)  # in a button: everybody's entries
MOST = 100  # entries on a page, as far as a message has room for them
NAME_SHOWN = 40  # characters
DETAIL_SHOWN = 120  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see. who "": everybody's entries."""

    who: str = ""
    size: int = PAGE


class AuditAt(CallbackData, prefix="audit_at"):
    """whom: only this person's, or NOBODY."""

    offset: int
    whom: int
    size: int


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
    asked, words = asked_in(command.args or ""), asker.words
    if asked is None:
        await screen.show(asker, words.html("audit.usage", most=MOST))
        return
    page = await audit_service.page(0, asked.who, asked.size)
    lines = _lines(words, page, audit_service.zone_of(person))
    await screen.show(asker, _text(words, lines), _keyboard(words, page, len(lines)))


async def turn(
    query: CallbackQuery,
    callback_data: AuditAt,
    asker: Asker,
    person: Person,
    audit_service: AuditService,
    screen: Screen,
) -> None:
    who = "" if callback_data.whom == NOBODY else str(callback_data.whom)
    size = min(max(1, callback_data.size), MOST)
    page = await audit_service.page(max(0, callback_data.offset), who, size)
    lines = _lines(asker.words, page, audit_service.zone_of(person))
    keyboard = _keyboard(asker.words, page, len(lines))
    await screen.turn_into(query, asker, _text(asker.words, lines), keyboard)


def asked_in(text: str) -> Asked | None:
    """`[WHO] [NUMBER]`; a number that is small enough to be one of entries is. None for more."""
    match text.split():
        case []:
            return Asked()
        case [number] if (size := _size(number)) is not None:
            return Asked(size=size)
        case [who]:
            return Asked(who)
        case [who, number] if (size := _size(number)) is not None:
            return Asked(who, size)
    return None


def _size(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST))
    return int(text) if is_one and 1 <= int(text) <= MOST else None


def _text(words: Words, lines: Sequence[str]) -> str:
    return "\n".join([words.html("audit.header"), "", *(lines or [words.html("audit.empty")])])


def _lines(words: Words, page: AuditPage, time_zone: str) -> list[str]:
    """As many as one message has room for."""
    lines: list[str] = []
    room = PART_SIZE - len(words.html("audit.header"))
    for one in page.entries:
        line = f"{moment(one.at, time_zone)} {told(words, one, page.names)}"
        room -= len(line) + 1
        if lines and room < 0:
            break
        lines.append(line)
    return lines


def told(words: Words, entry: Entry, names: Mapping[UserId, str]) -> str:
    """One entry as a sentence; HTML."""
    by = words("audit.luka") if entry.by == SYSTEM and not entry.by_name else entry.by_name
    whom = "?" if entry.whom is None else names.get(entry.whom, str(entry.whom))
    by, whom, detail = by[:NAME_SHOWN], whom[:NAME_SHOWN], entry.detail[:DETAIL_SHOWN]
    sentence = words.html(f"audit.{entry.event.value}", by=by, whom=whom)
    return f"{sentence} ({escape(detail, quote=False)})" if detail else sentence


def _keyboard(words: Words, page: AuditPage, shown: int) -> InlineKeyboardMarkup | None:
    whom, size = NOBODY if page.whom is None else page.whom, page.size
    newer = AuditAt(offset=max(0, page.offset - size), whom=whom, size=size)
    older = AuditAt(offset=page.offset + shown, whom=whom, size=size)
    more = page.more or shown < len(page.entries)
    turning = [button(words("button.audit.newer"), newer)] if page.offset else []
    turning += [button(words("button.audit.older"), older)] if more else []
    return rows(turning)
