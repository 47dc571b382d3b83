"""`luka-bot audit`: who did what to whom."""

from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from luka_bot.commands.office import Office, at_office
from luka_bot.commands.showing import iso, minute, say, show_json, show_table
from luka_bot.commands.users import JsonFlag, called
from luka_bot.models.audit import SYSTEM, Entry
from luka_bot.models.ids import UserId
from luka_bot.storage.audit import KEPT

NOBODY = SYSTEM  # in whose name the log knows whom luka has forgotten
FORGOTTEN = "(forgotten)"

app = App(name="audit", help="Who did what to whom in the last 90 days, newest first.")


@app.default
def audit(
    *,
    who: str = "",
    limit: Annotated[int, Parameter(validator=Number(gte=1, lte=KEPT))] = 50,
    as_json: JsonFlag = False,
) -> int:
    """Who did what to whom in the last 90 days, newest first.

    Parameters
    ----------
    who
        Only what this person did, or had done to them: a number, a name to sign in with, or an
        @name.
    limit
        Entries at most.
    """

    async def work(office: Office) -> int:
        whom = await office.named(who) if who else None
        entries = await office.audit.last(limit, whom=whom)
        names = await _names(office, entries)
        if as_json:
            show_json({"entries": [_described(one, names) for one in entries]})
        elif entries:
            show_table(("time (UTC)", "event", "by", "whom", "detail"), _rows(entries, names))
        else:
            say("Nothing was written down.")
        return 0

    return at_office(work)


async def _names(office: Office, entries: tuple[Entry, ...]) -> dict[UserId, str]:
    """How whom it was done to is called now."""
    whom = {one.whom for one in entries if one.whom}
    names = {user_id: called(await office.people.get(user_id)) for user_id in whom}
    return {**names, NOBODY: FORGOTTEN}


def _rows(entries: tuple[Entry, ...], names: dict[UserId, str]) -> list[list[str]]:
    return [
        [
            minute(one.at),
            one.event.value,
            one.by_name or FORGOTTEN,
            "" if one.whom is None else names[one.whom],
            one.detail,
        ]
        for one in entries
    ]


def _described(entry: Entry, names: dict[UserId, str]) -> dict[str, object]:
    return {
        "at": iso(entry.at),
        "event": entry.event.value,
        "by": entry.by,
        "by_name": entry.by_name,
        "whom": entry.whom,
        "whom_name": None if entry.whom is None else names[entry.whom],
        "detail": entry.detail,
    }
