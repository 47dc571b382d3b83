"""Deleting a thread, with a second thought before and after."""

from aiogram import Router
from aiogram.types import CallbackQuery

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import callbacks as tap
from luka_bot.handlers import keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.screen import Screen
from luka_bot.models.errors import ThreadGone
from luka_bot.services.thread_service import ThreadService


def routes() -> Router:
    router = Router(name="thread_deletion")
    query = router.callback_query
    query.register(ask_delete, tap.ThreadDelete.filter())
    query.register(delete_thread, tap.ThreadDeleteYes.filter())
    query.register(restore_thread, tap.ThreadRestore.filter())
    query.register(keep, tap.Keep.filter())
    return router


async def ask_delete(
    query: CallbackQuery,
    callback_data: tap.ThreadDelete,
    asker: Asker,
    threads: ThreadService,
    screen: Screen,
) -> None:
    thread = await threads.get_thread(asker.owner, callback_data.id)
    text = asker.words.html("delete.ask", name=thread.name, count=thread.message_count)
    keyboard = keyboards.confirm_delete(asker.words, thread.thread_id)
    await screen.turn_into(query, asker, text, keyboard)


async def delete_thread(
    query: CallbackQuery,
    callback_data: tap.ThreadDeleteYes,
    asker: Asker,
    threads: ThreadService,
    screen: Screen,
) -> None:
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


async def keep(query: CallbackQuery, asker: Asker, courier: Courier, screen: Screen) -> None:
    await courier.toast(query.id, asker.words("kept"))
    await screen.threads(asker, over=asker.message_id)
