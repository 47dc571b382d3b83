"""`python -m luka_bot.migrate`: brings in what the old job queue kept."""

import sys
from pathlib import Path

from cyclopts import App, CycloptsError

from luka_bot.commands.migrating.bringing import Tally, bring_jobs, bring_people
from luka_bot.commands.migrating.files import copy_files
from luka_bot.commands.migrating.old_jobs import NoOldJobs, read_jobs
from luka_bot.commands.migrating.old_users import NoOldUsers, read_users
from luka_bot.commands.mistakes import WRONG_USE, mistake
from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import fail, say

PROGRAM = "python -m luka_bot.migrate"

app = App(name=PROGRAM, help="Bring in jobs.db, users.json and files.", version_flags=[])


def main() -> None:
    try:
        app(print_error=False, exit_on_error=False)
    except CycloptsError as error:
        fail(mistake(error, PROGRAM))
        sys.exit(WRONG_USE)


@app.default
def migrate(
    *, jobs: Path | None = None, users: Path | None = None, files: Path | None = None
) -> int:
    """Bring in what the old job queue kept; a second time nothing changes.

    Jobs keep their numbers; those without a thread_id get one, by what they replied to.

    Parameters
    ----------
    jobs
        The old jobs.db.
    users
        The old users.json; passwords stay behind, an admin gives new ones.
    files
        The old folder with users/ and shared/.
    """
    if jobs is None and users is None and files is None:
        return fail(f"Say what to bring in; `{PROGRAM} --help` shows how.")
    try:
        old_users = read_users(users) if users else []
        old_jobs = read_jobs(jobs) if jobs else []
    except (NoOldJobs, NoOldUsers) as error:
        return fail(str(error))

    async def work(office: Office) -> int:
        tally = Tally()
        await bring_people(office, old_users, tally)
        copied = copy_files(files, office.jobs.workspaces.root) if files else 0
        await bring_jobs(office, old_jobs, tally)
        return _tell(tally, copied)

    return at_office(work)


def _tell(tally: Tally, copied: int) -> int:
    new = len(tally.people)
    say(f"New: {new} people, {tally.jobs} jobs, {copied} files. There already: {tally.there}.")
    for login in tally.people:
        say(f"Give {login} a password: python -m luka_bot.manage_users password {login}")
    for one in tally.left:
        say(f"Left behind: {one}")
    return 1 if tally.left else 0


if __name__ == "__main__":
    main()
