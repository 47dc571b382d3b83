"""Deleting a thread, with a second thought before and after."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import callbacks as tap
from luka_bot.handlers import keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.sharing_desk import speaker
from luka_bot.models.errors import ThreadGone
from luka_bot.models.farewell import Ending
from luka_bot.models.rights import Action
from luka_bot.services.sharing import Company, Sharing
from luka_bot.services.thread_service import ThreadService


def routes() -> Router:
    router = Router(name="thread_deletion")
    router.message.register(delete_active, Command("delete"), flags=does(Action.ERASE_THREADS))
    query = router.callback_query
    query.register(ask_delete, tap.ThreadDelete.filter(), flags=does(Action.ERASE_THREADS))
    query.register(delete_thread, tap.ThreadDeleteYes.filter(), flags=does(Action.ERASE_THREADS))
    query.register(restore_thread, tap.ThreadRestore.filter(), flags=does(Action.ERASE_THREADS))
    query.register(keep, tap.Keep.filter(), flags=does(Action.SEE_THREADS))
    return router


async def delete_active(
    _: Message, asker: Asker, threads: ThreadService, sharing: Sharing, screen: Screen
) -> None:
    thread = await threads.get_active_thread(asker.owner)
    company = await sharing.owned(asker.owner, thread.thread_id)
    keyboard = keyboards.confirm_delete(asker.words, thread.thread_id)
    await screen.show(asker, _question(asker, company), keyboard)


async def ask_delete(
    query: CallbackQuery,
    callback_data: tap.ThreadDelete,
    asker: Asker,
    sharing: Sharing,
    screen: Screen,
) -> None:
    company = await sharing.owned(asker.owner, callback_data.id)
    keyboard = keyboards.confirm_delete(asker.words, callback_data.id)
    await screen.turn_into(query, asker, _question(asker, company), keyboard)


async def delete_thread(
    query: CallbackQuery,
    callback_data: tap.ThreadDeleteYes,
    asker: Asker,
    threads: ThreadService,
    sharing: Sharing,
    screen: Screen,
) -> None:
    """An answer that is being written ends first, so that Undo brings back what there was of it."""
    await sharing.close(speaker(asker), callback_data.id, Ending.DELETED)
    deleted = await threads.delete_thread(asker.owner, callback_data.id)
    words, name = asker.words, deleted.thread.name
    if deleted.active is None:
        text = words.html("delete.last", name=name)
    else:
        text = words.html("delete.done", name=name, active=deleted.active.name)
    await screen.turn_into(query, asker, text, keyboards.undo_delete(words, callback_data.id))


async def restore_thread(
    query: CallbackQuery,
    callback_data: tap.ThreadRestore,
    asker: Asker,
    threads: ThreadService,
    courier: Courier,
    screen: Screen,
) -> None:
    try:
        thread = await threads.restore_thread(asker.owner, callback_data.id)
    except ThreadGone:
        await courier.toast(query.id, asker.words("restore.late"), alert=True)
        return
    text = asker.words.html("restore.done", name=thread.name)
    await screen.turn_into(query, asker, text, keyboards.manage(asker.words, thread))


async def keep(
    query: CallbackQuery,
    callback_data: tap.Keep,
    asker: Asker,
    courier: Courier,
    screen: Screen,
) -> None:
    await screen.card(asker, callback_data.id, over=asker.message_id)
    await courier.toast(query.id, asker.words("kept"))


def _question(asker: Asker, company: Company) -> str:
    thread = company.thread
    if company.others:
        return asker.words.count("sharing.delete_ask", company.others, name=thread.name)
    return asker.words.count("delete.ask", thread.message_count, name=thread.name)
