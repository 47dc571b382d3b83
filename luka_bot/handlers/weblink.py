"""/web: the page of conversations, where nobody has to sign in anew."""

from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    WebAppInfo,
)
from aiogram.utils.deep_linking import create_start_link

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.page_link import PageLinks
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.chat_page import ChatPage
from luka_bot.handlers.doing import does
from luka_bot.models.rights import Action
from luka_bot.services.chat_sessions import ChatSessions

PAYLOAD = "web"  # behind ?start=, from groups


@dataclass(frozen=True, slots=True)
class ChatLinks:
    sessions: ChatSessions
    page: ChatPage


def routes() -> Router:
    """Before the plain /start."""
    router = Router(name="weblink")
    flags, command = does(Action.OPEN_WEB), Command("web")
    in_group = F.chat.type != ChatType.PRIVATE
    router.message.register(refer_to_private, command, in_group, flags=flags)
    router.message.register(send_link, command, flags=flags)
    deep_link = CommandStart(deep_link=True)
    router.message.register(send_link, ~in_group, deep_link, asks_for_page, flags=flags)
    return router


def asks_for_page(_: Message, command: CommandObject) -> bool:
    return command.args == PAYLOAD


async def refer_to_private(_: Message, asker: Asker, courier: Courier, bot: Bot) -> None:
    """In a group anybody could come in as somebody else."""
    link = await create_start_link(bot, PAYLOAD)
    html = asker.words.html("weblink.in_private", name=asker.name, link=link)
    await courier.send_html(asker.target, html)


async def send_link(
    _: Message, asker: Asker, chat_links: ChatLinks, page_links: PageLinks, courier: Courier
) -> None:
    words, page = asker.words, chat_links.page
    if not page.home:
        await courier.send_html(asker.target, words.html("weblink.off"))
        return
    link = page.by_link(await chat_links.sessions.make_link(asker.user_id, asker.name))
    jobs = await page_links.sessions.make_link(asker.user_id, asker.name)
    keyboard = None
    if page.opens_in_telegram:
        app = WebAppInfo(url=page.address)
        button = InlineKeyboardButton(text=words("button.weblink"), web_app=app)
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
    html = words.html("weblink.link", link=link)
    html += "\n\n" + words.html("job_pages.telegram", link=f"{page.home}/jobs/enter/{jobs}")
    await courier.send_html(asker.target, html, keyboard)
