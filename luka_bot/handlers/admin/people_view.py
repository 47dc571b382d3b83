"""The list of people, and one of them, as an admin reads them."""

from datetime import UTC, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin import callbacks as tap
from luka_bot.handlers.admin import person_card
from luka_bot.handlers.admin.list_place import FILTERS, PAGE, ListPlace
from luka_bot.locales import Words
from luka_bot.models.person import Limits, Person, PersonRole, Reach, Standing
from luka_bot.services.people_service import Profile
from luka_bot.storage.people import PeoplePage

_MARKS = {
    Standing.STRANGER: "▫️ ",
    Standing.WAITING: "⏳ ",
    Standing.REJECTED: "✖️ ",
    Standing.BANNED: "⛔ ",
}
KINDS = ("messages", "tokens", "seconds")
Keyboard = InlineKeyboardMarkup


def listed(words: Words, page: PeoplePage, place: ListPlace) -> str:
    """HTML."""
    lines = [words.count("users.header", page.total)]
    if place.query:
        lines.append(words.html("users.query", query=place.query))
    pages = -(-page.total // PAGE)
    if pages > 1:
        lines += ["", words.html("users.page", page=place.offset // PAGE + 1, pages=pages)]
    if not page.total:
        lines += ["", words.html("users.nobody")]
    return "\n".join(lines)


def list_keyboard(words: Words, page: PeoplePage, place: ListPlace) -> InlineKeyboardMarkup:
    at = place.pack()
    people = [[_button(_label(one), tap.PersonShow(id=one.user_id, at=at))] for one in page.people]
    turning = []
    if place.offset > 0:
        turning.append(_turn("◀️", place, max(0, place.offset - PAGE)))
    if place.offset + PAGE < page.total:
        turning.append(_turn("▶️", place, place.offset + PAGE))
    filters = [_filter(words, standing, page, place) for standing in FILTERS]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in (*people, turning, filters) if row])


def card(words: Words, profile: Profile) -> str:
    """HTML."""
    person = profile.person
    lines = [
        words.html("person.asked", name=person_card.shown_name(person)),
        "",
        person_card.who(words, person),
    ]
    if person.login:
        lines.append(words.html("users.login", login=person.login))
    if person.seen:
        lines.append(words.html("users.seen", moment=_minute(person.seen)))
    lines.append(words.html(f"users.standing.{person.standing.value}"))
    if person.decided_by:
        lines.append(words.html("users.decided", by=person.decided_by))
    lines += [_role(words, profile), "", _today(words, profile)]
    if person.limits != Limits():
        lines.append(words.html("users.own_limits", limits=own_limits(words, person.limits)))
    if person.reach is Reach.BLOCKED:
        lines += ["", words.html("users.blocked")]
    return "\n".join(lines)


def card_keyboard(words: Words, profile: Profile, at: str) -> InlineKeyboardMarkup:
    person = profile.person
    decisions = person_card.decisions(words, person, at)
    role = PersonRole.USER if person.role is PersonRole.ADMIN else PersonRole.ADMIN
    give = tap.PersonGiveRole(role=role, id=person.user_id, at=at)
    give_row = [_button(words(f"button.users.make_{role.value}"), give)]
    rows = [
        *decisions,
        give_row if person.standing is Standing.ALLOWED else [],
        [
            _button(words("button.users.limits"), tap.PersonLimits(id=person.user_id, at=at)),
            _button(words("button.users.erase"), tap.PersonErase(id=person.user_id, at=at)),
        ],
        [_button(words("button.users.back"), tap.PeopleAt(at=at))],
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def back_to_person(words: Words, person: Person, at: str) -> InlineKeyboardMarkup:
    back = _button(words("button.users.back_person"), tap.PersonShow(id=person.user_id, at=at))
    return InlineKeyboardMarkup(inline_keyboard=[[back]])


def back_to_list(words: Words, at: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[_button(words("button.users.back"), tap.PeopleAt(at=at))]]
    )


def confirm_erase(words: Words, person: Person, at: str) -> InlineKeyboardMarkup:
    yes = tap.PersonEraseYes(id=person.user_id, at=at)
    keep = tap.PersonShow(id=person.user_id, at=at)
    row = [_button(words("button.users.erase_yes"), yes), _button(words("button.users.keep"), keep)]
    return InlineKeyboardMarkup(inline_keyboard=[row])


def reference(person: Person) -> str:
    """How a command names them."""
    return f"@{person.username}" if person.username else person.login or str(person.user_id)


def own_limits(words: Words, limits: Limits) -> str:
    """Plain text: those that are set."""
    values = [(kind, getattr(limits, kind)) for kind in KINDS]
    return ", ".join(
        words(f"users.limit.{kind}", number=f"{most:,}" if most else words("users.any"))
        for kind, most in values
        if most is not None
    )


def _today(words: Words, profile: Profile) -> str:
    def of(kind: str) -> str:
        used, most = round(getattr(profile.usage, kind)), getattr(profile.limits, kind)
        number = words("users.of", used=f"{used:,}", most=f"{most:,}") if most else f"{used:,}"
        return words(f"users.limit.{kind}", number=number)

    return words.html("users.today", usage=", ".join(map(of, KINDS)))


def _role(words: Words, profile: Profile) -> str:
    if profile.is_appointed:
        return words.html("users.role.appointed")
    return words.html(f"users.role.{profile.person.role.value}")


def _label(person: Person) -> str:
    mark = "👑 " if person.role is PersonRole.ADMIN else ""
    unreached = " 🔇" if person.reach is Reach.BLOCKED else ""
    username = f" (@{person.username})" if person.username else ""
    name = person_card.shown_name(person)
    return f"{_MARKS.get(person.standing, mark)}{name}{username}{unreached}"


def _filter(
    words: Words, standing: Standing | None, page: PeoplePage, place: ListPlace
) -> InlineKeyboardButton:
    number = sum(page.counts.values()) if standing is None else page.counts.get(standing, 0)
    name = "all" if standing is None else standing.value
    mark = "• " if standing is place.standing else ""
    there = ListPlace(standing, 0, place.query)
    return _button(mark + words(f"button.users.{name}", number=number), _at(there))


def _turn(sign: str, place: ListPlace, offset: int) -> InlineKeyboardButton:
    return _button(sign, _at(ListPlace(place.standing, offset, place.query)))


def _at(place: ListPlace) -> CallbackData:
    return tap.PeopleAt(at=place.pack())


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _minute(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
