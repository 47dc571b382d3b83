"""Who there is, what is known of each, and what can be done about it."""

import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import PersonGone
from luka_bot.models.person import PersonRole, Standing
from luka_bot.services.people_service import Decided, PeopleService
from luka_bot.web.admin.caller import Caller
from luka_bot.web.admin.press import Press, Sorry, elsewhere

PAGE = 25  # people
QUERY_LENGTH = 100  # characters
PLACE_LENGTH = 7  # digits of how far down a list somebody may be
KINDS = ("messages", "tokens", "seconds")
VERBS = {
    Standing.STRANGER: ("approve", "ban"),
    Standing.WAITING: ("approve", "reject", "ban"),
    Standing.ALLOWED: ("ban",),
    Standing.REJECTED: ("approve", "ban"),
    Standing.BANNED: ("unban",),
}
FILTERS = (None, Standing.WAITING, Standing.ALLOWED, Standing.REJECTED, Standing.BANNED)
NEWS = {
    "approve": "person.done.approve",
    "reject": "person.done.reject",
    "ban": "person.done.ban",
    "unban": "person.done.unban",
    "already": "web.already",
    "admin": "users.made.admin",
    "user": "users.made.user",
    "limits": "web.limits_changed",
    "erased": "web.erased",
}

Tell = Callable[[str, Decided], None]
"""Whoever was decided about hears of it in Telegram, while we go on."""


class PeoplePages:
    def __init__(self, people: PeopleService, tell: Tell, press: Press) -> None:
        self._people = people
        self._tell = tell
        self._press = press

    async def listed(self, request: web.Request, caller: Caller) -> web.Response:
        query = request.query.get("q", "").strip()[:QUERY_LENGTH]
        standing = _standing(request.query.get("standing", ""))
        offset = place(request.query.get("from", ""))
        page = await self._people.page(query, standing, offset, PAGE)
        return self._press.page(
            "people",
            caller,
            found=page,
            query=query,
            standing=standing,
            filters=FILTERS,
            verbs=VERBS,
            step=PAGE,
            link=_link,
            news=NEWS.get(request.query.get("done", ""), ""),
        )

    async def person(self, request: web.Request, caller: Caller) -> web.Response:
        profile = await self._people.profile(_number(request))
        return self._press.page(
            "person",
            caller,
            profile=profile,
            person=profile.person,
            verbs=VERBS[profile.person.standing],
            kinds=KINDS,
            news=NEWS.get(request.query.get("done", ""), ""),
        )

    async def decide(self, request: web.Request, caller: Caller) -> web.Response:
        """Each request is one of its own: a form that is sent twice finds that it was done."""
        verb, user_id = str((await request.post()).get("verb", "")), _number(request)
        if not any(verb in verbs for verbs in VERBS.values()):
            raise Sorry("form", 400)
        by, by_name = caller.known.person.user_id, caller.known.name
        decided = await self._people.decide(verb, user_id, by, by_name, secrets.token_hex(8))
        if not decided.already:
            self._tell(verb, decided)
        return _back(user_id, "already" if decided.already else verb)

    async def give_role(self, request: web.Request, caller: Caller) -> web.Response:
        wanted, user_id = str((await request.post()).get("role", "")), _number(request)
        if wanted not in set(PersonRole):
            raise Sorry("form", 400)
        by, by_name = caller.known.person.user_id, caller.known.name
        await self._people.give_role(PersonRole(wanted), user_id, by, by_name)
        return _back(user_id, wanted)

    async def limit(self, request: web.Request, caller: Caller) -> web.Response:
        """An empty field is the operator's limit."""
        form, user_id = await request.post(), _number(request)
        wanted = {kind: str(form.get(kind, "")).strip() for kind in KINDS}
        if not all(not text or _is_number(text) for text in wanted.values()):
            raise Sorry("form", 400)
        by, by_name = caller.known.person.user_id, caller.known.name
        for kind, text in wanted.items():
            await self._people.limit(kind, int(text) if text else None, user_id, by, by_name)
        return _back(user_id, "limits")

    async def erase(self, request: web.Request, caller: Caller) -> web.Response:
        by, by_name = caller.known.person.user_id, caller.known.name
        await self._people.erase(_number(request), by, by_name)
        return elsewhere("/admin/people?done=erased")


def place(text: str) -> int:
    """How far down a list; 0 for what is no such number."""
    return int(text) if _is_number(text) and len(text) <= PLACE_LENGTH else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12


def _number(request: web.Request) -> UserId:
    text = request.match_info["person"]
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):
        raise PersonGone(text)
    return UserId(int(text))


def _standing(text: str) -> Standing | None:
    return Standing(text) if text in set(Standing) else None


def _link(query: str, standing: Standing | None, offset: int = 0) -> str:
    """The list of people, searched like this."""
    wanted = {"q": query, "standing": standing.value if standing else "", "from": offset or ""}
    asked = urlencode({name: value for name, value in wanted.items() if value})
    return f"/admin/people?{asked}" if asked else "/admin/people"


def _back(user_id: UserId, done: str) -> web.Response:
    return elsewhere(f"/admin/people/{user_id}?done={done}")
