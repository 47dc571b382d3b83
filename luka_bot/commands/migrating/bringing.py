"""The old system's people and jobs, brought in; a second time nothing changes."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from luka_bot.commands.migrating.old_jobs import OldRow, roots
from luka_bot.commands.migrating.old_users import OldUser
from luka_bot.commands.office import BY_NAME, Office
from luka_bot.job_office import folder_of
from luka_bot.models.audit import SYSTEM
from luka_bot.models.ids import JobId
from luka_bot.models.job import JobFile, JobState, within
from luka_bot.models.people_errors import AccountRefused
from luka_bot.models.person import Person
from luka_bot.services.accounts import NewAccount
from luka_bot.storage.job_import import OldJob


@dataclass(slots=True)
class Tally:
    """What was brought in now, what was there before, and what couldn't be."""

    people: list[str] = field(default_factory=list)
    jobs: int = 0
    there: int = 0
    left: list[str] = field(default_factory=list)


async def bring_people(office: Office, users: list[OldUser], tally: Tally) -> None:
    """Each with a password that nobody knows; an admin gives them one."""
    for user in users:
        if await office.people.named(user.login) is not None:
            tally.there += 1
            continue
        new = NewAccount(user.login, secrets.token_urlsafe(24), user.role, user.folder)
        try:
            person = await office.accounts.add(new, SYSTEM, BY_NAME)
        except AccountRefused as error:
            tally.left.append(f"user {user.login} ({type(error).__name__})")
            continue
        await office.jobs.workspaces.prepare(person.folder)
        tally.people.append(person.login)


async def bring_jobs(office: Office, rows: list[OldRow], tally: Tally) -> None:
    first = roots(rows)
    for row in rows:
        user_id = await office.people.named(row.user) if row.user else None
        if user_id is None:
            tally.left.append(f"job #{row.id} (nobody is called “{row.user}”)")
            continue
        person = await office.people.get(user_id)
        said = await office.jobs.bringing.bring(_job(office, person, row, first[row.id]))
        tally.jobs += said == "OK"
        tally.there += said == "AGAIN"
        if said == "TAKEN":
            tally.left.append(f"job #{row.id} (luka has another job of this number)")


def _job(office: Office, person: Person, row: OldRow, root: int) -> OldJob:
    kinds, base = office.settings.kinds_of_jobs, office.jobs.workspaces.root
    kind = row.job_type if row.job_type in kinds else next(iter(kinds))
    return OldJob(
        id=JobId(row.id),
        origin=f"old:{row.id}",
        owner=person.user_id,
        owner_name=person.login or person.name,
        folder=folder_of(person),
        prompt=row.prompt,
        state=row.state,
        job_type=kind,
        executor=kinds[kind].executor,
        priority=within(row.priority),
        created_at=row.created_at,
        thread_id=JobId(root),
        parent_id=JobId(row.parent) if row.parent else None,
        ended_at=row.ended_at or row.created_at,
        files=tuple(_file(base, path) for path in row.files),
        outputs=tuple(_file(base, path) for path in row.outputs),
        output=row.output,
        error_detail=row.error if row.state is JobState.FAILED else "",
        reason=row.reason,
        decided_by=row.decided_by,
    )


def _file(base: Path, path: str) -> JobFile:
    there = base / path
    return JobFile(Path(path).name, path, there.stat().st_size if there.is_file() else 0)
