"""/admin: a link to the admin page, for whoever asked and nobody else."""

from dataclasses import dataclass
from html import escape

import structlog
from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.models.ids import ChatId
from luka_bot.models.rights import Action
from luka_bot.services.sessions import Sessions

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """home: where people reach our pages, "" if there are none."""

    sessions: Sessions
    home: str


def routes() -> Router:
    router = Router(name="page_link")
    router.message.filter(in_admin_group)
    router.message.register(send, Command("admin"), flags=does(Action.OPEN_ADMIN_PAGE))
    return router


async def send(_: Message, asker: Asker, page_links: PageLinks, courier: Courier) -> None:
    """In private: in the group anybody could sign in as somebody else."""
    words = asker.words
    if not page_links.home:
        await courier.send_html(asker.target, words.html("web.off"))
        return
    link = await page_links.sessions.make_link(asker.user_id, asker.name)
    html = words.html("web.link", link=f"{page_links.home}/admin/enter/{link}")
    private = Target(ChatId(asker.user_id), account=asker.target.account)
    try:
        await courier.send_html(private, html)
    except DeliveryError as error:
        log.info("page_link.not_sent", error=type(error).__name__)
        await courier.send_html(asker.target, words.html("web.link_unsent", name=asker.name))
        return
    await courier.send_html(asker.target, escape(words("web.link_sent", name=asker.name)))
