"""Every command and every button, as each kind of person, through the real bot."""

from collections.abc import AsyncIterator, Iterator
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData

from luka_bot.demo.telegram import Person
from luka_bot.handlers.doing import FLAG
from luka_bot.handlers.routes import all_routes
from luka_bot.models.ids import UserId
from luka_bot.models.rights import Action
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import newest
from tests.scenario.people.house import ADMINS
from tests.scenario.people.rights_table import (
    ADMIN,
    ADMIN_COMMANDS,
    BANNED,
    BUTTONS,
    COMMANDS,
    IN_GROUP,
    REFUSED,
    USER,
    WAITING,
)

IDS = {BANNED: 61, WAITING: 62, USER: 63, ADMIN: 64}
VALUES: dict[Any, object] = {int: 1, str: "x", bool: True}


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def luka(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Luka]:
    """One for all: what somebody is denied changes nothing for the others."""
    folder: Path = tmp_path_factory.mktemp("rights")
    opening = running_luka(
        folder,
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=str(IDS[USER]),
        flood_per_minute=0,
    )
    async with opening as luka:
        olga = luka.telegram.person(IDS[ADMIN], "Olga")
        luka.telegram.group(ADMINS, "luka's admins", [olga])
        for kind in (BANNED, WAITING, USER):
            person = luka.telegram.person(IDS[kind], kind.capitalize())
            await person.writes("/start")
            await _told(luka, person, 1)
        await olga.taps_data(1, f"decide:ban:{IDS[BANNED]}:", chat=ADMINS)
        await _told(luka, person_of(luka, BANNED), 2)
        yield luka


async def _told(luka: Luka, person: Person, messages: int) -> None:
    await luka.telegram.wait_for(lambda: len(luka.telegram.said(person.id)) == messages)


async def _tap(luka: Luka, who: Person, data: str, chat: int | None = None) -> str:
    """What they are told."""
    toasts = luka.telegram.toasts
    before = len(toasts(who.id))
    await who.taps_data(1, data, chat=chat)
    await luka.telegram.wait_for(lambda: len(toasts(who.id)) > before)
    return toasts(who.id)[-1]


def person_of(luka: Luka, kind: str) -> Person:
    return Person(luka.telegram.world, UserId(IDS[kind]))


@pytest.mark.parametrize("kind", [BANNED, WAITING, USER, ADMIN])
async def test_commands_in_private(luka: Luka, kind: str) -> None:
    """Each is written in order; the last one is for everybody, so then all are answered but the
    stop, which goes a way of its own."""
    before = len(luka.telegram.said(IDS[kind]))
    for command in [*ADMIN_COMMANDS, *COMMANDS]:
        await person_of(luka, kind).writes(f"/{command}")
    last = [COMMANDS["privacy"], COMMANDS["stop"]]

    def said() -> str:
        return "\n".join(luka.telegram.said(IDS[kind])[before:])

    await luka.telegram.wait_for(
        lambda: all(words in said() for words, kinds in last if kind in kinds)
    )

    done = {name for name, (words, _) in COMMANDS.items() if words in said()}
    assert done == {name for name, (_, kinds) in COMMANDS.items() if kind in kinds}
    assert [name for name, words in ADMIN_COMMANDS.items() if words in said()] == []


@pytest.mark.parametrize("kind", [BANNED, WAITING, USER, ADMIN])
async def test_buttons_in_private(luka: Luka, kind: str) -> None:
    wrong = []
    for data in callbacks():
        told = await _tap(luka, person_of(luka, kind), sample(data))
        denied = told.startswith(REFUSED)
        if denied is (kind in BUTTONS[data.__name__]) or told.startswith("😕"):
            wrong.append((data.__name__, told))

    assert wrong == []


async def test_admins_do_all_of_it_in_their_group(luka: Luka) -> None:
    olga = person_of(luka, ADMIN)
    for command in ADMIN_COMMANDS:
        await olga.writes(f"/{command}", chat=ADMINS)
        await luka.telegram.wait_for(partial(_tells, luka, command))
    for data in callbacks():
        if BUTTONS[data.__name__] is IN_GROUP:
            told = await _tap(luka, olga, sample(data), chat=ADMINS)
            assert not told.startswith((*REFUSED, "😕")), data.__name__


async def test_the_tables_know_every_command_and_every_button() -> None:
    commands = {name for handler in handlers("message") for name in _commands(handler)}

    assert commands == COMMANDS.keys() | ADMIN_COMMANDS.keys()
    assert {data.__name__ for data in callbacks()} == BUTTONS.keys()


async def test_every_handler_says_what_it_does() -> None:
    all_of_them = [*handlers("message"), *handlers("callback_query")]
    silent = [one.callback.__name__ for one in all_of_them if FLAG not in one.flags]

    assert silent == []
    assert all(isinstance(one.flags[FLAG], Action) for one in all_of_them)


def _tells(luka: Luka, command: str) -> bool:
    """Whether the newest message of the group is what this command is answered with."""
    shown = newest(luka, ADMINS)
    return ADMIN_COMMANDS[command] in f"{shown.text} {' '.join(shown.buttons)}"


def handlers(kind: str) -> Iterator[HandlerObject]:
    def below(router: Router) -> Iterator[HandlerObject]:
        yield from router.observers[kind].handlers
        for child in router.sub_routers:
            yield from below(child)

    for router in all_routes():
        yield from below(router)


def _commands(handler: HandlerObject) -> set[str]:
    filters = [one.callback for one in handler.filters or []]
    return {str(name) for one in filters if isinstance(one, Command) for name in one.commands}


def callbacks() -> list[type[CallbackData]]:
    """Each once, in the order of the routes."""
    filters = [one.callback for each in handlers("callback_query") for one in each.filters or []]
    found = [one.callback_data for one in filters if hasattr(one, "callback_data")]
    return list(dict.fromkeys(found))


def sample(data: type[CallbackData]) -> str:
    """As forged: well-formed, and about nothing that there is."""
    return data(
        **{name: _value(field.annotation) for name, field in data.model_fields.items()}
    ).pack()


def _value(kind: Any) -> object:  # noqa: ANN401 - whatever a field is declared as
    kind = getattr(kind, "__supertype__", kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return VALUES[kind]
