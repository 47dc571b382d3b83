"""`python -m luka_bot.manage_users`: the accounts that can sign in, in the fewest words."""

import sys

from cyclopts import App, CycloptsError

from luka_bot.commands.mistakes import WRONG_USE, mistake
from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import day, fail, say, show_table
from luka_bot.commands.users import add, delete_person, everybody, password, role_of

PROGRAM = "python -m luka_bot.manage_users"
KEPT_LOGIN = "admin"

app = App(
    name=PROGRAM, help="Add, list and delete the accounts that can sign in.", version_flags=[]
)
app.command(add)
app.command(password)


def main() -> None:
    try:
        app(print_error=False, exit_on_error=False)
    except CycloptsError as error:
        fail(mistake(error, PROGRAM))
        sys.exit(WRONG_USE)


@app.command(name="list")
def list_accounts() -> int:
    """Show who can sign in."""

    async def work(office: Office) -> int:
        people = [one async for one in everybody(office) if one.login]
        rows = [
            (one.login, role_of(one, office).value, one.folder, day(one.since))
            for one in sorted(people, key=lambda one: one.login)
        ]
        if rows:
            show_table(("username", "role", "folder", "created"), rows)
        else:
            say(f"Nobody can sign in yet: `{PROGRAM} add NAME` changes that.")
        return 0

    return at_office(work)


@app.command
def delete(name: str, /) -> int:
    """Delete an account, after a question. Files are kept; the account `admin` stays."""
    if name.strip().casefold() == KEPT_LOGIN:
        return fail("The account admin can't be deleted.")
    return delete_person(name, yes=False)


if __name__ == "__main__":
    main()
