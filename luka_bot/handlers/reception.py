"""Whoever comes in by an invite: welcomed, and the admins hear of it."""

import re
from typing import Any

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers import keyboards
from luka_bot.handlers.admin.desk import Applications
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.gate import visitor_of
from luka_bot.locales import Words
from luka_bot.models.invite import PREFIX
from luka_bot.models.rights import Action
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.invite_service import InviteService, Joined

_PAYLOAD = re.compile(rf"{PREFIX}(\S+)")

log = structlog.get_logger(__name__)


class Reception:
    """words: the admins' group's."""

    def __init__(
        self, courier: Courier, applications: Applications, group: AdminGroup, words: Words
    ) -> None:
        self._courier = courier
        self._applications = applications
        self._group = group
        self._words = words

    async def welcome(self, asker: Asker, joined: Joined) -> None:
        words = asker.words
        key = "start.welcome" if joined.invite is None else "porch.let_in"
        html = words.html(key, name=asker.name)
        await self._courier.send_html(asker.target, html, keyboards.welcome(words))
        if joined.invite is not None:
            await self._applications.settle(joined.person, asker.target.account)
            await self._tell_admins(asker, joined.invite.note, joined.invite.by_name)

    async def _tell_admins(self, asker: Asker, note: str, by_name: str) -> None:
        group, words, who = self._group.chat_id, self._words, asker.user_id
        if group is None:
            return
        if note:
            html = words.html("invite.used_note", name=asker.name, id=who, note=note, by=by_name)
        else:
            html = words.html("invite.used", name=asker.name, id=who, by=by_name)
        try:
            await self._courier.send_html(Target(group, account=asker.target.account), html)
        except DeliveryError as error:
            log.warning("reception.admins_not_told", error=type(error).__name__)


def routes() -> Router:
    router = Router(name="reception")
    router.message.register(
        join,
        F.chat.type == ChatType.PRIVATE,
        CommandStart(deep_link=True),
        invited,
        flags=does(Action.JOIN),
    )
    return router


def invited(_: Message, command: CommandObject) -> bool | dict[str, Any]:
    """A filter: gives the `token` of the invite's link."""
    match = _PAYLOAD.fullmatch(command.args or "")
    return {"token": match[1]} if match else False


async def join(
    message: Message,
    token: str,
    asker: Asker,
    invites: InviteService,
    reception: Reception,
    event_update: Update,
) -> None:
    if message.from_user is None:
        return
    request = f"invite{event_update.update_id}"
    joined = await invites.redeem(visitor_of(message.from_user), token, request)
    await reception.welcome(asker, joined)
