"""/job, replies to jobs, and the buttons on a job's card."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.attachments import attached
from luka_bot.handlers.jobs.board import JobBoard
from luka_bot.handlers.jobs.desk import AtTheDesk, Client, JobDesk, Order
from luka_bot.models.rights import Action


def routes() -> Router:
    """Before all that takes any text."""
    router = Router(name="jobs")
    submits, changes = does(Action.SUBMIT_JOBS), does(Action.CHANGE_JOBS)
    asks = does(Action.SEE_JOBS)  # how it is done; only what is handed in counts
    router.message.register(submit, Command("job"), ordered, flags=submits)
    router.message.register(explain, Command("job"), flags=asks)
    router.message.register(submit, to_job, flags=submits)
    query = router.callback_query
    query.register(ask_reply, taps.JobReply.filter(), flags=asks)
    query.register(again, taps.JobAgain.filter(), flags=submits)
    query.register(cancel, taps.JobCancel.filter(), flags=changes)
    query.register(ask_delete, taps.JobDelete.filter(), flags=changes)
    query.register(delete, taps.JobDeleteYes.filter(), flags=changes)
    for observer in (router.message, query):
        observer.middleware(AtTheDesk())
    return router


async def ordered(
    message: Message,
    command: CommandObject,
    album: tuple[Message, ...],
    event_update: Update,
    job_desk: JobDesk,
) -> bool | dict[str, Any]:
    """A filter: the command comes with words or files; gives `order`."""
    request = str(event_update.update_id)
    order = await job_desk.order(message, command.args or "", album, request)
    return {"order": order} if order.text or order.files else False


async def to_job(
    message: Message,
    bot: Bot,
    album: tuple[Message, ...],
    event_update: Update,
    asker: Asker,
    job_desk: JobDesk,
) -> bool | dict[str, Any]:
    """A filter: this replies to a card or a result of a job; gives `order`."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    text = message.text or message.caption or ""
    if asker.anonymous or text.startswith("/") or not (text or attached([message])):
        return False
    order = await job_desk.order(message, text, album, str(event_update.update_id))
    return False if order.parent is None else {"order": order}


async def submit(_: Message, order: Order, client: Client, job_desk: JobDesk) -> None:
    """What becomes of it is told by its card."""
    await job_desk.submit(client, order)


async def explain(_: Message, asker: Asker, job_board: JobBoard) -> None:
    await job_board.explain(asker)


async def ask_reply(
    query: CallbackQuery, callback_data: taps.JobReply, client: Client, job_board: JobBoard
) -> None:
    await job_board.ask_reply(query, client, callback_data.id)


async def again(
    query: CallbackQuery,
    callback_data: taps.JobAgain,
    client: Client,
    job_desk: JobDesk,
    courier: Courier,
) -> None:
    job = await job_desk.again(client, callback_data.id)
    await courier.toast(query.id, client.asker.words("jobs.again", job_id=job.id))


async def cancel(
    query: CallbackQuery, callback_data: taps.JobCancel, client: Client, job_board: JobBoard
) -> None:
    await job_board.cancel(query, client, callback_data.id)


async def ask_delete(
    query: CallbackQuery, callback_data: taps.JobDelete, client: Client, job_board: JobBoard
) -> None:
    await job_board.ask_delete(query, client, callback_data.id)


async def delete(
    query: CallbackQuery, callback_data: taps.JobDeleteYes, client: Client, job_board: JobBoard
) -> None:
    await job_board.delete(query, client, callback_data.id)
