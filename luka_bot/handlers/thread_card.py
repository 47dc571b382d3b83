"""One thread's card: what it is, its name, its memory, its words as a file."""

from collections.abc import Sequence

from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ForceReply, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import callbacks as tap
from luka_bot.handlers import keyboards, rename_link
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.export import as_markdown, file_name
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.sharing_desk import speaker
from luka_bot.models.farewell import Ending
from luka_bot.models.ids import ThreadId
from luka_bot.models.message import Message as Said
from luka_bot.models.rights import Action
from luka_bot.models.thread import Thread
from luka_bot.services.sharing import Company, Sharing
from luka_bot.services.thread_service import ThreadService


def routes() -> Router:
    router = Router(name="thread_card")
    router.message.register(rename_active, Command("rename"), flags=does(Action.CHANGE_THREADS))
    router.message.register(clear_active, Command("clear"), flags=does(Action.ERASE_THREADS))
    router.message.register(
        export_active, Command("export"), asks_for_one, flags=does(Action.SEE_THREADS)
    )
    router.message.register(rename_thread, rename_link.answered, flags=does(Action.CHANGE_THREADS))
    query = router.callback_query
    query.register(show_card, tap.ThreadCard.filter(), flags=does(Action.SEE_THREADS))
    query.register(ask_name, tap.ThreadRename.filter(), flags=does(Action.CHANGE_THREADS))
    query.register(ask_clear, tap.ThreadClear.filter(), flags=does(Action.ERASE_THREADS))
    query.register(clear_thread, tap.ThreadClearYes.filter(), flags=does(Action.ERASE_THREADS))
    query.register(export_thread, tap.ThreadExport.filter(), flags=does(Action.SEE_THREADS))
    return router


async def show_card(
    query: CallbackQuery,
    callback_data: tap.ThreadCard,
    asker: Asker,
    courier: Courier,
    screen: Screen,
) -> None:
    await screen.card(asker, callback_data.id, over=asker.message_id)
    await courier.toast(query.id)


async def ask_name(
    query: CallbackQuery,
    callback_data: tap.ThreadRename,
    asker: Asker,
    threads: ThreadService,
    courier: Courier,
    bot: Bot,
) -> None:
    """The question itself carries the thread's id, so the answer is understood after a restart."""
    thread = await threads.get_thread(asker.owner, callback_data.id)
    await courier.toast(query.id)
    text = asker.words.html("rename.ask", link="{link}")
    link = await rename_link.link_to(bot, thread)
    prompt = ForceReply(input_field_placeholder=asker.words("rename.placeholder"), selective=True)
    await courier.send_html(asker.target, text.replace("{link}", link), prompt)


async def rename_thread(
    message: Message,
    thread_id: ThreadId,
    asker: Asker,
    threads: ThreadService,
    screen: Screen,
) -> None:
    thread = await threads.rename_thread(asker.owner, thread_id, message.text or "")
    text = asker.words.html("rename.done", name=thread.name)
    await screen.show(asker, text, keyboards.manage(asker.words, thread))


async def rename_active(
    _: Message, command: CommandObject, asker: Asker, threads: ThreadService, screen: Screen
) -> None:
    if not command.args:
        await screen.show(asker, asker.words.html("rename.usage"))
        return
    active = await threads.get_active_thread(asker.owner)
    thread = await threads.rename_thread(asker.owner, active.thread_id, command.args)
    text = asker.words.html("rename.done", name=thread.name)
    await screen.show(asker, text, keyboards.manage(asker.words, thread))


async def clear_active(
    _: Message, asker: Asker, threads: ThreadService, sharing: Sharing, screen: Screen
) -> None:
    thread = await threads.get_active_thread(asker.owner)
    company = await sharing.owned(asker.owner, thread.thread_id)
    if await sharing.is_empty(thread):
        await screen.show(asker, asker.words.html("clear.nothing", name=thread.name))
        return
    keyboard = keyboards.confirm_clear(asker.words, thread.thread_id)
    await screen.show(asker, _question(asker, company), keyboard)


async def ask_clear(
    query: CallbackQuery,
    callback_data: tap.ThreadClear,
    asker: Asker,
    sharing: Sharing,
    courier: Courier,
    screen: Screen,
) -> None:
    company = await sharing.owned(asker.owner, callback_data.id)
    thread = company.thread
    if await sharing.is_empty(thread):
        nothing = asker.words("clear.nothing", name=thread.name)
        await courier.toast(query.id, nothing, alert=True)
        return
    keyboard = keyboards.confirm_clear(asker.words, thread.thread_id)
    await screen.turn_into(query, asker, _question(asker, company), keyboard)


async def clear_thread(
    query: CallbackQuery,
    callback_data: tap.ThreadClearYes,
    asker: Asker,
    threads: ThreadService,
    sharing: Sharing,
    screen: Screen,
) -> None:
    """An answer that is being written ends first: nothing of it may be remembered afterwards."""
    await sharing.close(speaker(asker), callback_data.id, Ending.CLEARED)
    thread = await threads.clear_history(asker.owner, callback_data.id)
    text = asker.words.html("clear.done", name=thread.name)
    await screen.turn_into(query, asker, text, keyboards.manage(asker.words, thread))


def asks_for_one(message: Message, command: CommandObject) -> bool:
    """A filter: in a group nobody takes all there is."""
    in_group = message.chat.type != ChatType.PRIVATE
    return in_group or (command.args or "").strip().lower() == "this"


async def export_active(
    _: Message, asker: Asker, threads: ThreadService, courier: Courier, screen: Screen
) -> None:
    thread = await threads.get_active_thread(asker.owner)
    said = await threads.history(asker.owner, thread.thread_id)
    if said:
        await _send_export(asker, courier, thread, said)
    else:
        await screen.show(asker, asker.words.html("export.empty"))


async def export_thread(
    query: CallbackQuery,
    callback_data: tap.ThreadExport,
    asker: Asker,
    threads: ThreadService,
    courier: Courier,
) -> None:
    thread = await threads.get_thread(asker.owner, callback_data.id)
    said = await threads.history(asker.owner, thread.thread_id)
    if not said:
        await courier.toast(query.id, asker.words("export.empty"), alert=True)
        return
    await courier.toast(query.id)
    await _send_export(asker, courier, thread, said)


async def _send_export(
    asker: Asker, courier: Courier, thread: Thread, said: Sequence[Said]
) -> None:
    document = as_markdown(asker.words, thread, said).encode()
    caption = asker.words("export.caption", name=thread.name)
    await courier.send_document(asker.target, file_name(thread), document, caption)


def _question(asker: Asker, company: Company) -> str:
    thread = company.thread
    if company.others:
        return asker.words.count("sharing.clear_ask", company.others, name=thread.name)
    return asker.words.count("clear.ask", thread.message_count, name=thread.name)
