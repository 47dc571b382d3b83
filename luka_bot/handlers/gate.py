"""Before every handler: who is this, and may they?"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.flags import get_flag
from aiogram.types import CallbackQuery, Message, TelegramObject, Update, User

from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import FLAG
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.porch import Porch
from luka_bot.models.errors import Refused
from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import NotLetIn
from luka_bot.models.person import Person, Visitor
from luka_bot.models.rights import Action
from luka_bot.services.access import AccessService, Attempt

COUNTED = frozenset({Action.ASK, Action.SUBMIT_JOBS})
"""What is one message of somebody's day."""


class Gate(BaseMiddleware):
    """Gives handlers of messages and taps their `person`, and an `asker` in their language."""

    def __init__(self, access: AccessService, porch: Porch, languages: Languages) -> None:
        self._access = access
        self._porch = porch
        self._languages = languages

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> object:
        asker, update = data["asker"], data["event_update"]
        action = get_flag(data, FLAG)
        if asker.anonymous:
            return await self._anonymous(handler, event, data, action)
        attempt = _attempt(event, asker, update, action)
        try:
            person = await self._access.admit(attempt)
        except Refused as error:
            if attempt.action is Action.OVERHEAR:  # nobody spoke to us
                return None
            if not isinstance(error, NotLetIn):
                raise
            await self._porch.turn_away(event, asker, attempt.visitor, error)
            return None
        self._languages.learn(person.user_id, person.preferences.language)
        words = self._languages.of(person.user_id, person.language)
        data["person"] = person
        data["asker"] = asker.known(words, person.preferences)
        return await handler(event, data)

    async def _anonymous(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
        action: Action | None,
    ) -> object:
        """A group's or a channel's words are heard like a stranger's: nobody knows who it is."""
        asker = data["asker"]
        if action is not Action.OVERHEAR:
            await self._porch.ask_who(asker)
            return None
        data["person"] = Person(asker.user_id, asker.name)
        return await handler(event, data)


def _attempt(event: TelegramObject, asker: Asker, update: Update, action: Action | None) -> Attempt:
    if action is None:
        raise LookupError("a handler that doesn't say what it does")
    if not isinstance(event, Message | CallbackQuery) or event.from_user is None:
        raise LookupError("a handler of what nobody did")
    visitor, name = visitor_of(event.from_user), str(update.update_id)
    return Attempt(visitor, action, asker.target.chat_id, name, counted=action in COUNTED)


def visitor_of(user: User) -> Visitor:
    return Visitor(UserId(user.id), user.full_name, user.username or "", user.language_code or "")
