"""Where those stand who aren't let in: what they are told, and how admins hear of them."""

from html import escape

from aiogram.types import CallbackQuery, Message, TelegramObject

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.desk import Applications
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.recently import Recently
from luka_bot.locales.failures import refusal
from luka_bot.models.audit import Event
from luka_bot.models.invite import SHARE_PREFIX
from luka_bot.models.people_errors import NotLetIn
from luka_bot.models.person import Access, Standing, Visitor
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.people import Applied, PeopleStore


class Porch:
    """recently: for what needn't be said to each of many messages."""

    def __init__(
        self,
        courier: Courier,
        people: PeopleStore,
        audit: AuditLog,
        applications: Applications,
        recently: Recently,
    ) -> None:
        self._courier = courier
        self._people = people
        self._audit = audit
        self._applications = applications
        self._recently = recently

    async def turn_away(
        self, event: TelegramObject, asker: Asker, visitor: Visitor, error: NotLetIn
    ) -> None:
        """Whatever they write in private while they wait is for the admins to read."""
        if isinstance(event, CallbackQuery):
            await self._courier.toast(event.id, refusal(asker.words, error), alert=True)
        elif asker.target.is_group:
            await self._say_in_group(asker, error)
        elif error.standing is Standing.BANNED or error.access is not Access.APPROVAL:
            await self._say(asker, refusal(asker.words, error))
        elif isinstance(event, Message):
            await self._knock(asker, visitor, _words_of(event), f"m{event.message_id}")
            if follows_share(event):
                await self._say(asker, asker.words("porch.link_again"))

    async def ask_who(self, asker: Asker) -> None:
        """They write as a group or a channel."""
        await self._say(asker, asker.words("porch.anonymous"))

    async def _knock(self, asker: Asker, visitor: Visitor, line: str, request: str) -> None:
        """Somebody asks to get in. request: a second run of it is the same knock."""
        how, person = await self._people.apply(visitor, line, request)
        match how:
            case Applied.NEW:
                await self._audit.note(Event.APPLIED, visitor.user_id, visitor.name)
                await self._applications.show(person, asker.target.account)
                await self._courier.send_html(asker.target, asker.words.html("porch.asked"))
            case Applied.MORE:
                await self._applications.show(person, asker.target.account)
                await self._say(asker, asker.words("porch.passed_on"))
            case Applied.WAITING:
                await self._say(asker, asker.words("porch.waiting"))
            case Applied.EARLY:
                await self._say(asker, asker.words("porch.early"))

    async def _say_in_group(self, asker: Asker, error: NotLetIn) -> None:
        if error.standing is Standing.BANNED or error.access is Access.CLOSED:
            await self._say(asker, refusal(asker.words, error))
        else:
            await self._say(asker, asker.words("porch.in_private", name=asker.name))

    async def _say(self, asker: Asker, sentence: str) -> None:
        if not self._recently.told(asker.target.chat_id, sentence):
            await self._courier.send_html(asker.target, escape(sentence, quote=False))


def follows_share(message: Message) -> bool:
    """Whether they opened the link of a shared thread."""
    return (message.text or "").startswith(f"/start {SHARE_PREFIX}")


def _words_of(message: Message) -> str:
    """A command says nothing of whoever sends it."""
    text = message.text or message.caption or ""
    return "" if text.startswith("/") else text
