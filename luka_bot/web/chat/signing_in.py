"""How people sign in to conversations, and out."""

from luka_bot.services.chat_sessions import ChatSessions
from luka_bot.web.chat.answers import SignedIn
from luka_bot.web.chat.asked import Asked
from luka_bot.web.chat.authentication import Authentication
from luka_bot.web.chat.bodies import LinkSignIn, PasswordSignIn, TelegramSignIn
from luka_bot.web.chat.origins import address


class SigningIn:
    def __init__(self, sessions: ChatSessions, authentication: Authentication) -> None:
        self._sessions = sessions
        self._authentication = authentication

    async def by_telegram(self, asked: Asked) -> SignedIn:
        init_data = asked.read(TelegramSignIn).init_data
        visitor, _ = self._authentication.named_by_telegram(init_data)
        return SignedIn.of(await self._sessions.welcome(visitor))

    async def by_link(self, asked: Asked) -> SignedIn:
        return SignedIn.of(await self._sessions.enter(asked.read(LinkSignIn).link))

    async def by_password(self, asked: Asked) -> SignedIn:
        given = asked.read(PasswordSignIn)
        guest = await self._sessions.sign_in(given.login, given.password, address(asked.request))
        return SignedIn.of(guest)

    async def out(self, asked: Asked) -> None:
        await self._sessions.sign_out(asked.guest)
