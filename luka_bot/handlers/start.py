"""The first words: /start and /help."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.callbacks import ShowHelp
from luka_bot.handlers.doing import does
from luka_bot.handlers.group_sight import GroupSight
from luka_bot.handlers.rename_link import thread_in
from luka_bot.handlers.screen import Screen
from luka_bot.models.ids import ThreadId
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="start")
    router.message.register(
        open_thread, CommandStart(deep_link=True), links_to_thread, flags=does(Action.SEE_THREADS)
    )
    router.message.register(welcome, CommandStart(), flags=does(Action.START))
    router.message.register(help_, Command("help"), flags=does(Action.READ_HELP))
    router.callback_query.register(help_tapped, ShowHelp.filter(), flags=does(Action.READ_HELP))
    return router


def links_to_thread(_: Message, command: CommandObject) -> bool | dict[str, Any]:
    thread_id = thread_in(command.args or "")
    return {"thread_id": thread_id} if thread_id else False


async def open_thread(_: Message, thread_id: ThreadId, asker: Asker, screen: Screen) -> None:
    await screen.card(asker, thread_id)


async def welcome(_: Message, asker: Asker, courier: Courier, group_sight: GroupSight) -> None:
    if asker.target.is_group:
        text = await group_sight.hello(asker.target.chat_id, asker.words)
    else:
        text = asker.words.html("start.welcome", name=asker.name)
    await courier.send_html(asker.target, text, keyboards.welcome(asker.words))


async def help_(_: Message, asker: Asker, courier: Courier) -> None:
    await courier.send_html(asker.target, asker.words.html("help.text"))


async def help_tapped(query: CallbackQuery, asker: Asker, courier: Courier) -> None:
    await courier.toast(query.id)
    await courier.send_html(asker.target, asker.words.html("help.text"))
