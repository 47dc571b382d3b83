"""/chats: a person's threads, to look at, make and switch."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import cards, keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.callbacks import (
    ThreadCreate,
    ThreadList,
    ThreadPageTo,
    ThreadRefresh,
    ThreadSelect,
)
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.sharing_desk import speaker
from luka_bot.models.rights import Action
from luka_bot.services.sharing import Sharing
from luka_bot.services.thread_service import ThreadService


def routes() -> Router:
    router = Router(name="chats")
    router.message.register(show_threads, Command("chats"), flags=does(Action.SEE_THREADS))
    router.message.register(new_thread, Command("new"), flags=does(Action.CHANGE_THREADS))
    router.callback_query.register(
        create_thread, ThreadCreate.filter(), flags=does(Action.CHANGE_THREADS)
    )
    router.callback_query.register(
        open_threads, ThreadList.filter(), flags=does(Action.SEE_THREADS)
    )
    router.callback_query.register(
        refresh_threads, ThreadRefresh.filter(), flags=does(Action.SEE_THREADS)
    )
    router.callback_query.register(turn_page, ThreadPageTo.filter(), flags=does(Action.SEE_THREADS))
    router.callback_query.register(
        switch_thread, ThreadSelect.filter(), flags=does(Action.CHANGE_THREADS)
    )
    return router


async def show_threads(_: Message, asker: Asker, threads: ThreadService, screen: Screen) -> None:
    """Whoever looks for their threads has one."""
    await threads.get_active_thread(asker.owner)
    await screen.threads(asker)


async def new_thread(
    _: Message,
    command: CommandObject,
    event_update: Update,
    asker: Asker,
    sharing: Sharing,
    screen: Screen,
) -> None:
    request = str(event_update.update_id)
    thread = await sharing.create(speaker(asker), command.args, request)
    await screen.show(asker, cards.created(asker, thread), keyboards.manage(asker.words, thread))


async def create_thread(
    query: CallbackQuery,
    event_update: Update,
    asker: Asker,
    sharing: Sharing,
    courier: Courier,
    screen: Screen,
) -> None:
    request = str(event_update.update_id)
    thread = await sharing.create(speaker(asker), None, request)
    await courier.toast(query.id)
    await screen.threads(asker, over=asker.message_id)
    await screen.show(asker, cards.created(asker, thread), keyboards.manage(asker.words, thread))


async def open_threads(
    query: CallbackQuery, asker: Asker, threads: ThreadService, courier: Courier, screen: Screen
) -> None:
    await courier.toast(query.id)
    await threads.get_active_thread(asker.owner)
    await screen.threads(asker)


async def refresh_threads(
    query: CallbackQuery, asker: Asker, courier: Courier, screen: Screen
) -> None:
    await courier.toast(query.id, asker.words("chats.fresh"))
    await screen.threads(asker, over=asker.message_id)


async def turn_page(
    query: CallbackQuery,
    callback_data: ThreadPageTo,
    asker: Asker,
    courier: Courier,
    screen: Screen,
) -> None:
    await courier.toast(query.id)
    await screen.threads(asker, over=asker.message_id, offset=callback_data.offset)


async def switch_thread(
    query: CallbackQuery,
    callback_data: ThreadSelect,
    asker: Asker,
    sharing: Sharing,
    courier: Courier,
    screen: Screen,
) -> None:
    """A tap on the thread one is in already only says so: a double tap leaves one divider."""
    switched = await sharing.switch(speaker(asker), callback_data.id, request=query.id)
    if switched.was_active:
        await courier.toast(query.id, asker.words("switch.already"))
        return
    await courier.toast(query.id)
    await screen.mark_active(query, asker, switched.thread)
    await screen.divider(asker, switched.thread)
