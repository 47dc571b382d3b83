"""Who it is: one way for calls and for sockets."""

import base64
import binascii

from aiohttp import hdrs, web
from pydantic import SecretStr

from luka_bot.models.clock import Clock
from luka_bot.models.person import Visitor
from luka_bot.services.chat_sessions import ChatSessions, Guest
from luka_bot.services.conversations.frames import VERSION
from luka_bot.web.chat.failures import NotSignedIn
from luka_bot.web.chat.init_data import visitor_of

IN_PROTOCOL = "luka.auth."  # before a session's token, where a browser can send no header


class Authentication:
    """now: seconds since the epoch. All of it raises NotSignedIn, Refused and StorageAway."""

    def __init__(self, sessions: ChatSessions, bot_token: SecretStr, now: Clock) -> None:
        self._sessions = sessions
        self._bot_token = bot_token
        self._now = now

    async def authenticate(self, request: web.Request) -> Guest:
        scheme, _, credential = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        match scheme.lower():
            case "tma":
                visitor, ends = self.named_by_telegram(credential.strip())
                return Guest(await self._sessions.meet(visitor), "", ends)
            case "bearer":
                return await self.signed_in(credential.strip())
            case "":
                return await self.signed_in(_token_in_protocols(request))
        raise NotSignedIn

    def named_by_telegram(self, init_data: str) -> tuple[Visitor, float]:
        return visitor_of(init_data, self._bot_token.get_secret_value(), self._now())

    async def signed_in(self, token: str) -> Guest:
        guest = await self._sessions.find(token) if token else None
        if guest is None:
            raise NotSignedIn
        return guest

    async def still(self, guest: Guest) -> None:
        """That they are signed in and let in at this moment, too."""
        if guest.expires_at <= self._now():
            raise NotSignedIn
        if guest.token:
            await self.signed_in(guest.token)
        else:
            await self._sessions.person(guest.user_id)


def _token_in_protocols(request: web.Request) -> str:
    offered = [one.strip() for one in _protocols(request).split(",")]
    if VERSION not in offered:
        return ""
    token = next((one for one in offered if one.startswith(IN_PROTOCOL)), "")
    coded = token.removeprefix(IN_PROTOCOL)
    try:
        return base64.b64decode(coded + "=" * (-len(coded) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def _protocols(request: web.Request) -> str:
    return ",".join(request.headers.getall(hdrs.SEC_WEBSOCKET_PROTOCOL, []))
