"""`luka-bot users`: who there is, who may talk, and who can sign in."""

import uuid
from collections.abc import AsyncIterator
from typing import Annotated

from cyclopts import App, Parameter

from luka_bot.commands.keyboard import agreed, new_password
from luka_bot.commands.office import BY_NAME, Office, at_office
from luka_bot.commands.showing import fail, harmless, iso, minute, say, show_json, show_table
from luka_bot.models.audit import SYSTEM
from luka_bot.models.ids import UserId
from luka_bot.models.person import Person, PersonRole, Standing
from luka_bot.services.accounts import NewAccount

PAGE = 200  # people asked for at once

JsonFlag = Annotated[bool, Parameter(name="--json", negative="", help="One JSON document.")]
Flag = Annotated[bool, Parameter(negative="")]

app = App(name="users", help="People: who there is, who may talk, and who can sign in.")


@app.command(name="list")
def list_people(
    *, standing: Standing | None = None, search: str = "", as_json: JsonFlag = False
) -> int:
    """Whom luka knows; who was here last comes first.

    Parameters
    ----------
    standing
        Only those who are waiting, allowed, rejected, banned, or strangers.
    search
        Part of a name, or a whole number.
    """

    async def work(office: Office) -> int:
        people = [one async for one in everybody(office, search, standing)]
        if as_json:
            show_json({"people": [_described(one, office) for one in people]})
        elif people:
            names = ("name", "number", "signs in as", "telegram", "role", "standing", "seen")
            show_table(names, [_row(one, office) for one in people])
        else:
            say("Nobody.")
        return 0

    return at_office(work)


@app.command
def add(
    name: str,
    password: str | None = None,
    /,
    *,
    admin: Flag = False,
    folder: str = "",
    telegram: int | None = None,
) -> int:
    """Let somebody sign in by a name and a password.

    Parameters
    ----------
    name
        What they sign in with.
    password
        Asked for if it isn't given, which keeps it out of the shell's history.
    admin
        They look after luka.
    folder
        Where their files are; users/NAME if it isn't given.
    telegram
        The number of somebody whom luka knows from Telegram, whose account it becomes.
    """
    role = PersonRole.ADMIN if admin else PersonRole.USER
    whose = None if telegram is None else UserId(telegram)
    new = NewAccount(name, new_password(password), role, folder, whose)

    async def work(office: Office) -> int:
        person = await office.accounts.add(new, SYSTEM, BY_NAME)
        await office.jobs.workspaces.prepare(person.folder)
        as_admin = " as an admin" if person.role is PersonRole.ADMIN else ""
        say(f"{person.login} can sign in{as_admin} now. Folder: {person.folder}")
        return 0

    return at_office(work)


@app.command
def password(name: str, new: str | None = None, /) -> int:
    """Give somebody a new password.

    Parameters
    ----------
    new
        Asked for if it isn't given, which keeps it out of the shell's history.
    """
    typed = new_password(new)

    async def work(office: Office) -> int:
        user_id = await office.named(name)
        person = await office.accounts.set_password(user_id, typed, SYSTEM, BY_NAME)
        say(f"{person.login} has a new password.")
        return 0

    return at_office(work)


@app.command
def role(name: str, new: PersonRole, /) -> int:
    """Make somebody an admin, or a user again."""

    async def work(office: Office) -> int:
        person = await office.accounts.set_role(await office.named(name), new, SYSTEM, BY_NAME)
        say(f"{called(person)} is {'an admin' if new is PersonRole.ADMIN else 'a user'} now.")
        if person.standing is not Standing.ALLOWED:
            say(f"That counts once they are let in; they are {person.standing.value}.")
        return 0

    return at_office(work)


@app.command
def ban(name: str, /) -> int:
    """Keep somebody out, from their next message on. Admins can't be banned."""
    return _decide("ban", name, "is banned")


@app.command
def unban(name: str, /) -> int:
    """Let somebody in again who was banned."""
    return _decide("unban", name, "may talk again")


@app.command
def delete(name: str, /, *, yes: Flag = False) -> int:
    """Forget somebody and their account, after a question. Files are kept.

    Parameters
    ----------
    yes
        Without asking.
    """
    return delete_person(name, yes=yes)


def delete_person(name: str, *, yes: bool) -> int:
    """Asked between two visits to the office: nobody waits there for somebody to make up their
    mind."""
    found: list[Person] = []

    async def look(office: Office) -> int:
        found.append(await office.accounts.can_be_deleted(await office.named(name)))
        return 0

    async def work(office: Office) -> int:
        await office.accounts.delete(found[0].user_id, SYSTEM, BY_NAME)
        say(f"{called(found[0])} is deleted. {_kept(found[0])}")
        return 0

    code = at_office(look)
    if code:
        return code
    if not yes and not agreed(_question(found[0])):
        return fail("Nothing was deleted.")
    return at_office(work)


async def everybody(
    office: Office, search: str = "", standing: Standing | None = None
) -> AsyncIterator[Person]:
    offset, total = 0, 1
    while offset < total:
        page = await office.people.page(search, standing, offset, PAGE)
        for person in page.people:
            yield person
        offset, total = offset + PAGE, page.total


def called(person: Person) -> str:
    return harmless(person.login or person.name) or str(person.user_id)


def role_of(person: Person, office: Office) -> PersonRole:
    return PersonRole.ADMIN if person.user_id in office.settings.admins else person.role


def _decide(verb: str, name: str, outcome: str) -> int:
    async def work(office: Office) -> int:
        user_id, request = await office.named(name), uuid.uuid4().hex
        decided = await office.deciding.decide(verb, user_id, SYSTEM, BY_NAME, request)
        person = decided.person
        if decided.already and verb == "unban" and person.standing is not Standing.ALLOWED:
            return fail(f"{called(person)} wasn't banned, but is {person.standing.value}.")
        say(f"{called(person)} {outcome}{' already' if decided.already else ''}.")
        return 0

    return at_office(work)


def _question(person: Person) -> str:
    return f"Delete {called(person)} and all that luka keeps of them? {_kept(person)}"


def _kept(person: Person) -> str:
    return f"Files are kept in {person.folder}." if person.folder else "Files are kept."


def _row(person: Person, office: Office) -> list[str]:
    username = f"@{person.username}" if person.username else ""
    seen = minute(person.seen)
    roles = role_of(person, office).value
    number = str(person.user_id)
    return [person.name, number, person.login, username, roles, person.standing.value, seen]


def _described(person: Person, office: Office) -> dict[str, object]:
    return {
        "id": person.user_id,
        "name": person.name,
        "login": person.login,
        "username": person.username,
        "role": role_of(person, office).value,
        "standing": person.standing.value,
        "folder": person.folder,
        "since": iso(person.since),
        "seen": iso(person.seen),
        "blocked": person.reach.value == "blocked",
    }
