"""The doors of a page: a link from the bot, or a name and a password."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from aiohttp import hdrs, web

from luka_bot.locales import Words
from luka_bot.locales.failures import refusal
from luka_bot.models.errors import Refused
from luka_bot.models.people_errors import SignInRefused, TooManyAttempts
from luka_bot.models.rights import Action
from luka_bot.services.sessions import Sessions
from luka_bot.storage import keys
from luka_bot.web.admin.caller import COOKIE, Caller, token_of
from luka_bot.web.admin.guard import LOGIN
from luka_bot.web.admin.press import Press, Sorry, elsewhere

_EVERYWHERE = "/"  # one session opens the pages of jobs and those of admins


@dataclass(frozen=True, slots=True)
class Doorway:
    """start: where they are led who came in. login: where they ask to. needs: what they must be
    allowed to do. refused: what they are told who aren't let in. old_link: the key of what they are
    told whose link has been used."""

    start: str
    login: str
    needs: Action
    refused: Callable[[Words, Refused], str]
    old_link: str


ADMIN = Doorway("/admin", LOGIN, Action.OPEN_ADMIN_PAGE, refusal, "link")


class SigningIn:
    """secure: people come by https, so browsers shall never send the cookie over anything else."""

    def __init__(
        self, sessions: Sessions, press: Press, doorway: Doorway = ADMIN, *, secure: bool
    ) -> None:
        self._sessions = sessions
        self._press = press
        self._doorway = doorway
        self._secure = secure

    async def ask(self, _request: web.Request, caller: Caller) -> web.Response:
        return self._press.page("login", caller, wrong="", login="")

    async def sign_in(self, request: web.Request, caller: Caller) -> web.Response:
        form = await request.post()
        login, password = str(form.get("login", "")), str(form.get("password", ""))
        address, needs = _address(request), self._doorway.needs
        try:
            token = await self._sessions.sign_in(login, password, address, needs)
        except SignInRefused as error:
            wrong = self._doorway.refused(caller.words, error)
            return self._press.page("login", caller, status=403, wrong=wrong, login=login)
        except TooManyAttempts as error:
            wrong = self._doorway.refused(caller.words, error)
            response = self._press.page("login", caller, status=429, wrong=wrong, login=login)
            response.headers[hdrs.RETRY_AFTER] = str(max(1, round(error.seconds)))
            return response
        return await self._in(request, token)

    async def show_link(self, request: web.Request, caller: Caller) -> web.Response:
        """Only a button: whoever looks at a link before a person does, such as a messenger for its
        preview, doesn't use it up."""
        if not await self._sessions.is_link(request.match_info["link"]):
            raise Sorry(self._doorway.old_link, 410)
        return self._press.page("enter", caller, action=request.path)

    async def enter(self, request: web.Request, _caller: Caller) -> web.Response:
        try:
            token = await self._sessions.enter(request.match_info["link"], self._doorway.needs)
        except SignInRefused as error:
            raise Sorry(self._doorway.old_link, 410) from error
        return await self._in(request, token)

    async def sign_out(self, request: web.Request, caller: Caller) -> web.Response:
        await self._sessions.sign_out(caller.known, token_of(request))
        response = elsewhere(self._doorway.login)
        response.del_cookie(COOKIE, path=_EVERYWHERE)
        return response

    async def _in(self, request: web.Request, token: str) -> web.Response:
        if before := token_of(request):
            await self._sessions.drop(before)
        response = elsewhere(self._doorway.start)
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(keys.SESSION_LIFE.total_seconds()),
            path=_EVERYWHERE,
            httponly=True,
            secure=self._secure,
            # Strict would keep it back where a link in Telegram leads here: they'd look signed out.
            samesite="Lax",
        )
        return response


def _address(request: web.Request) -> str:
    """Of a proxy in our own network, whom it names last: only that it has written itself."""
    remote = request.remote or ""
    forwarded = request.headers.get(hdrs.X_FORWARDED_FOR, "").rpartition(",")[2].strip()
    try:
        if forwarded and ip_address(remote).is_private:
            return str(ip_address(forwarded))
    except ValueError:
        pass
    return remote
