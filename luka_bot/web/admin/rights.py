"""What each route of the admin page does: whatever isn't here can't be reached."""

from enum import StrEnum

from luka_bot.models.rights import Action


class Opening(StrEnum):
    """Doors that aren't an action of admins."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed_in"  # also who lost their rights since


Need = Action | Opening
Route = tuple[str, str]
"""Method and path, as aiohttp has them."""

NEEDS: dict[Route, Need] = {
    ("GET", "/admin/static/{name}"): Opening.ANYBODY,
    ("GET", "/admin/login"): Opening.ANYBODY,
    ("POST", "/admin/login"): Opening.ANYBODY,
    ("GET", "/admin/enter/{link}"): Opening.ANYBODY,
    ("POST", "/admin/enter/{link}"): Opening.ANYBODY,
    ("POST", "/admin/logout"): Opening.SIGNED_IN,
    ("GET", "/admin"): Action.OPEN_ADMIN_PAGE,
    ("GET", "/admin/people"): Action.SEE_PEOPLE,
    ("GET", "/admin/people/{person}"): Action.SEE_PEOPLE,
    ("POST", "/admin/people/{person}/decide"): Action.DECIDE_PEOPLE,
    ("POST", "/admin/people/{person}/role"): Action.DECIDE_PEOPLE,
    ("POST", "/admin/people/{person}/limits"): Action.LIMIT_PEOPLE,
    ("POST", "/admin/people/{person}/erase"): Action.ERASE_PEOPLE,
    ("GET", "/admin/models"): Action.SEE_MODELS,
    ("GET", "/admin/stats"): Action.SEE_STATS,
    ("GET", "/admin/queue"): Action.SEE_QUEUE,
    ("POST", "/admin/queue/cancel"): Action.CHANGE_QUEUE,
    ("GET", "/admin/audit"): Action.SEE_AUDIT,
    ("*", "/admin/{tail:.*}"): Action.OPEN_ADMIN_PAGE,
}
