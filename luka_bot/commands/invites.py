"""`luka-bot invites`: links by which people come in."""

from datetime import timedelta
from typing import Annotated, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number

from luka_bot.commands.bot_name import bot_name
from luka_bot.commands.mistakes import WRONG_USE
from luka_bot.commands.office import BY_NAME, Office, at_office
from luka_bot.commands.showing import day, fail, iso, say, show_json, show_table
from luka_bot.commands.users import JsonFlag
from luka_bot.models.audit import SYSTEM
from luka_bot.models.invite import PREFIX, Invite
from luka_bot.services.invite_service import LIFE, LONGEST, MOST_USES, NAMED_BY, NOTE_LIMIT

app = App(name="invites", help="Links by which people come in.")


@app.command(name="list")
def list_invites(*, as_json: JsonFlag = False) -> int:
    """Show by which links somebody can still come in; whose end is nearest first."""

    async def work(office: Office) -> int:
        living = await office.invites.living()
        if as_json:
            show_json({"invites": [_described(one) for one in living]})
        elif living:
            show_table(("id", "uses left", "used", "until", "by", "note"), list(map(_row, living)))
        else:
            say("There are no invites. `luka-bot invites make` makes one.")
        return 0

    return at_office(work)


@app.command
def make(
    *,
    uses: int | Literal["many"] = 1,
    days: Annotated[int, Parameter(validator=Number(gte=1, lte=LONGEST.days))] = LIFE.days,
    note: str = "",
) -> int:
    """Make a link, which is shown once: luka itself keeps only a hash of it.

    Parameters
    ----------
    uses
        How many people come in by it, or `many` for as many as like.
    days
        How long it lives.
    note
        What it is for; only admins see it.
    """
    if uses != "many" and not 0 < uses <= MOST_USES:
        fail(f"--uses is a number from 1 to {MOST_USES}, or many.")
        return WRONG_USE
    number, life = None if uses == "many" else uses, timedelta(days=days)

    async def work(office: Office) -> int:
        about = " ".join(note.split())[:NOTE_LIMIT]
        made = await office.invites.make(number, life, about, SYSTEM, BY_NAME)
        start = f"?start={PREFIX}{made.token}"
        name = await bot_name(office.settings)
        say(f"https://t.me/{name}{start}" if name else f"https://t.me/YOUR_BOT{start}")
        if not name:
            say("Telegram didn't tell your bot's name: write it in place of YOUR_BOT.")
        return 0

    return at_office(work)


@app.command
def revoke(invite_id: Annotated[str, Parameter(name="ID")], /) -> int:
    """Take a link back. Who came in by it stays in.

    Parameters
    ----------
    invite_id
        As `list` shows it.
    """

    async def work(office: Office) -> int:
        wanted = invite_id.strip().lower()
        found = [
            one for one in await office.invites.living() if wanted and one.digest.startswith(wanted)
        ]
        if len(found) != 1:
            return fail("There is no such invite; `luka-bot invites list` shows which there are.")
        await office.invites.revoke(found[0].digest, SYSTEM, BY_NAME)
        say(f"Nobody comes in by {found[0].digest[:NAMED_BY]} any more.")
        return 0

    return at_office(work)


def _row(invite: Invite) -> list[str]:
    left = "many" if invite.left is None else str(invite.left)
    name, until = invite.digest[:NAMED_BY], day(invite.until)
    return [name, left, str(invite.used), until, invite.by_name, invite.note]


def _described(invite: Invite) -> dict[str, object]:
    return {
        "id": invite.digest[:NAMED_BY],
        "uses_left": invite.left,
        "used": invite.used,
        "until": iso(invite.until),
        "by": invite.by,
        "by_name": invite.by_name,
        "note": invite.note,
    }
