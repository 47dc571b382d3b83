"""A person as admins see them: who they are, and what can be done about it."""

from datetime import UTC, datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers.admin.callbacks import PersonDecide, Verb
from luka_bot.locales import Words
from luka_bot.models.person import Person, Standing

_VERBS = {
    Standing.STRANGER: (Verb.APPROVE, Verb.BAN),
    Standing.WAITING: (Verb.APPROVE, Verb.REJECT, Verb.BAN),
    Standing.ALLOWED: (Verb.BAN,),
    Standing.REJECTED: (Verb.APPROVE, Verb.BAN),
    Standing.BANNED: (Verb.UNBAN,),
}


def application(words: Words, person: Person) -> str:
    """For the card of somebody who asks to get in, before and after it is decided; HTML."""
    lines = [_head(words, person), "", who(words, person)]
    if person.words:
        lines += ["", words.html("person.words", words=person.words)]
    if person.standing is not Standing.WAITING and person.decided_by:
        lines += ["", decision(words, person)]
    return "\n".join(lines)


def who(words: Words, person: Person) -> str:
    """The lines that say who it is; HTML."""
    lines = [words.html("person.name", name=shown_name(person), id=person.user_id)]
    if person.username:
        lines.append(words.html("person.username", username=person.username))
    if person.language:
        lines.append(words.html("person.language", language=person.language))
    if person.since:
        lines.append(words.html("person.since", day=_day(person.since)))
    return "\n".join(lines)


def decision(words: Words, person: Person) -> str:
    return words.html(f"person.decided.{person.standing.value}", by=person.decided_by)


def decisions(words: Words, person: Person, at: str = "") -> list[list[InlineKeyboardButton]]:
    """A row of buttons for what an admin can decide of them now. at: see callbacks.py."""
    return [[_button(words, verb, person, at) for verb in _VERBS[person.standing]]]


def keyboard(words: Words, person: Person) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=decisions(words, person))


def shown_name(person: Person) -> str:
    return person.name or person.login or str(person.user_id)


def _head(words: Words, person: Person) -> str:
    asks = person.standing is Standing.WAITING
    return words.html("person.asks" if asks else "person.asked", name=shown_name(person))


def _button(words: Words, verb: Verb, person: Person, at: str) -> InlineKeyboardButton:
    data = PersonDecide(verb=verb, id=person.user_id, at=at).pack()
    return InlineKeyboardButton(text=words(f"button.person.{verb.value}"), callback_data=data)


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
