"""/limits: how much of luka a day is whose."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from luka_bot.handlers.admin import people_view, person_card
from luka_bot.handlers.admin.desk import Desk
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.list_place import ListPlace
from luka_bot.handlers.admin.naming import whom
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action
from luka_bot.services.people_service import PeopleService

SHOWN = 50  # people with limits of their own in one message
MOST = 10**9

_AT = ListPlace().pack()


def routes() -> Router:
    router = Router(name="limiting")
    router.message.filter(in_admin_group)
    router.message.register(limit, Command("limits"), flags=does(Action.LIMIT_PEOPLE))
    return router


async def limit(
    message: Message,
    command: CommandObject,
    asker: Asker,
    people: PeopleService,
    screen: Screen,
    desk: Desk,
) -> None:
    named = await whom(message, people, (command.args or "").split())
    if named is None:
        await screen.show(asker, await _overview(asker, people))
        return
    user_id, words = named
    match [word.lower() for word in words]:
        case []:
            await desk.person(asker, user_id, _AT)
        case [("messages" | "tokens" | "seconds") as kind, value] if is_amount(value):
            most = amount(value)
            await people.limit(kind, most, user_id, asker.user_id, asker.name)
            await desk.person(asker, user_id, _AT, news=asker.words("limits.done"))
        case _:
            await screen.show(asker, asker.words.html("limits.usage"))


def is_amount(word: str) -> bool:
    return word in {"none", "default"} or (word.isdecimal() and 0 < int(word) <= MOST)


def amount(word: str) -> int | None:
    """0 for as many as they like, None for the operator's."""
    return {"none": 0, "default": None}.get(word) if not word.isdecimal() else int(word)


async def _overview(asker: Asker, people: PeopleService) -> str:
    words = asker.words
    usual = people_view.own_limits(words, people.usual_limits)
    lines = [words.html("limits.usual", limits=usual), ""]
    page = await people.with_own_limits(SHOWN)
    lines.append(words.count("limits.own", page.total))
    lines += [
        words.html(
            "limits.of",
            name=person_card.shown_name(one),
            id=one.user_id,
            limits=people_view.own_limits(words, one.limits),
        )
        for one in page.people
    ]
    return "\n".join([*lines, "", words.html("limits.usage")])
