"""What the card about a conversation's people says, in Telegram's HTML, and its buttons."""

from datetime import UTC, datetime

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers import sharing_taps as tap
from luka_bot.handlers.callbacks import Keep, ThreadCard, ThreadList
from luka_bot.locales import Words
from luka_bot.models.conversation import Conversation, ConversationInvite
from luka_bot.models.ids import ThreadId, UserId
from luka_bot.models.participant import Door, ParticipantInfo, human
from luka_bot.services.sharing import Company

USES = (1, 10, 100)
DAYS = (1, 7, 30)
KEY_SHOWN = 16  # characters that tell an invite's key from all others of its conversation
PEOPLE_SHOWN = 30
REMOVABLE = 20  # people with a button of their own
INVITES_SHOWN = 10
NAME_SHOWN = 24  # characters of somebody's name in a button

_DOORS = {
    Door.DM: "sharing.door.dm",
    Door.WEB: "sharing.door.web",
    Door.GROUP: "sharing.door.group",
}


def text(words: Words, company: Company, web: str) -> str:
    """web: the address of its page, "" if there is none to write down."""
    parts = [words.html("sharing.header", name=company.thread.name), people(words, company)]
    if company.invites:
        parts.append(_invites(words, company.invites))
    parts.append(words.html("sharing.choose"))
    if web:
        parts.append(words.html("sharing.web", link=web))
    return "\n\n".join(parts)


def people(words: Words, company: Company) -> str:
    conversation = company.conversation
    if conversation is None:
        return words.html("sharing.alone")
    shown = conversation.humans[:PEOPLE_SHOWN]
    lines = [words.count("sharing.people", len(conversation.humans))]
    lines += [_person(words, conversation, one, online=one.id in company.online) for one in shown]
    more = len(conversation.humans) - len(shown)
    if more:
        lines.append(words.count("sharing.more", more))
    agents = ", ".join(one.name for one in conversation.agents)
    if agents:
        lines.append(words.html("sharing.agents", names=agents))
    return "\n".join(lines)


def keyboard(
    words: Words, company: Company, who: UserId, web: InlineKeyboardButton | None
) -> InlineKeyboardMarkup:
    """who: whose view it is."""
    key, owns = company.thread.thread_id, company.thread.user_id == who
    grid = [[_make(words, key, uses, days) for days in DAYS] for uses in USES]
    revoke = [
        _button(
            words("button.sharing.revoke_one", number=number),
            tap.ShareRevoke(id=key, key=one.key[:KEY_SHOWN], listed=True),
        )
        for number, one in enumerate(company.invites[:INVITES_SHOWN], 1)
    ]
    rows = [
        *grid,
        *_pairs(revoke),
        *_pairs(_removals(words, company) if owns else []),
        [_button(words("button.agents"), tap.Agents(id=key))],
        [] if web is None else [web],
        [] if owns else [_button(words("button.leave"), tap.ShareLeave(id=key, sure=False))],
        [_button(words("button.sharing.back"), ThreadCard(id=key))],
    ]
    return _rows(rows)


def made(words: Words, name: str, link: str, invite: ConversationInvite) -> str:
    who = words.count("sharing.for_people", invite.uses)
    until = minute(invite.expires_at)
    return words.html("sharing.made", name=name, link=link, who="{who}", until=until).replace(
        "{who}", who
    )


def made_keyboard(words: Words, invite: ConversationInvite) -> InlineKeyboardMarkup:
    data = tap.ShareRevoke(id=invite.conversation_id, key=invite.key[:KEY_SHOWN], listed=False)
    return _rows([[_button(words("button.sharing.revoke"), data)]])


def ask_remove(words: Words, thread_id: ThreadId, who: UserId) -> InlineKeyboardMarkup:
    yes = tap.ShareRemove(id=thread_id, who=who, sure=True)
    back = tap.Share(id=thread_id)
    return _rows(
        [[_button(words("button.sharing.remove_yes"), yes), _button(words("button.cancel"), back)]]
    )


def ask_leave(words: Words, thread_id: ThreadId) -> InlineKeyboardMarkup:
    yes = _button(words("button.leave_yes"), tap.ShareLeave(id=thread_id, sure=True))
    return _rows([[yes, _button(words("button.stay"), Keep(id=thread_id))]])


def arrived_keyboard(words: Words, thread_id: ThreadId) -> InlineKeyboardMarkup:
    leave = _button(words("button.leave"), tap.ShareLeave(id=thread_id, sure=False))
    return _rows([[_button(words("button.sharing.who"), tap.Share(id=thread_id)), leave]])


def to_threads(words: Words) -> InlineKeyboardMarkup:
    return _rows([[_button(words("button.threads"), ThreadList())]])


def minute(seconds: float) -> str:
    """seconds since the epoch."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"


def _person(words: Words, conversation: Conversation, one: ParticipantInfo, *, online: bool) -> str:
    doors = ", ".join(words(key) for door, key in _DOORS.items() if door in one.doors)
    mark = "👑" if one.id == human(conversation.owner) else "•"
    key = "sharing.person_online" if online else "sharing.person"
    return words.html(key, mark=mark, name=one.name, doors=doors or "–")


def _invites(words: Words, invites: tuple[ConversationInvite, ...]) -> str:
    lines = [words.html("sharing.invites")]
    for number, one in enumerate(invites[:INVITES_SHOWN], 1):
        left = words.count("sharing.uses", one.uses)
        lines.append(f"{number}. {left}, {words('sharing.until', until=minute(one.expires_at))}")
    return "\n".join(lines)


def _removals(words: Words, company: Company) -> list[InlineKeyboardButton]:
    conversation = company.conversation
    if conversation is None:
        return []
    others = [one for one in conversation.humans if one.id != human(conversation.owner)]
    return [
        _button(
            words("button.sharing.remove", name=one.name[:NAME_SHOWN]),
            tap.ShareRemove(id=conversation.conversation_id, who=one.user_id, sure=False),
        )
        for one in others[:REMOVABLE]
    ]


def _make(words: Words, thread_id: ThreadId, uses: int, days: int) -> InlineKeyboardButton:
    label = words("button.sharing.make", uses=uses, days=days)
    return _button(label, tap.ShareMake(id=thread_id, uses=uses, days=days))


def _pairs(buttons: list[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


def _button(label: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=data.pack())


def _rows(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
