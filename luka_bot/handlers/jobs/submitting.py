"""/job, replies to jobs, and the buttons on a job's card."""

from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ForceReply, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.attachments import attached
from luka_bot.handlers.jobs.board import JobBoard
from luka_bot.handlers.jobs.desk import Client, JobDesk
from luka_bot.models.ids import JobId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="jobs")
    submits = does(Action.SUBMIT_JOBS)
    router.message.register(submit, Command("job"), flags=submits)
    router.message.register(reply, to_job, flags=submits)
    query = router.callback_query
    query.register(ask_reply, taps.JobReply.filter(), flags=submits)
    query.register(again, taps.JobAgain.filter(), flags=submits)
    query.register(cancel, taps.JobCancel.filter(), flags=does(Action.CHANGE_JOBS))
    query.register(ask_delete, taps.JobDelete.filter(), flags=does(Action.CHANGE_JOBS))
    query.register(delete, taps.JobDeleteYes.filter(), flags=does(Action.CHANGE_JOBS))
    return router


async def to_job(
    message: Message, bot: Bot, job_desk: JobDesk, asker: Asker
) -> bool | dict[str, Any]:
    """A filter: this replies to a card or a result of a job; gives `job_id`."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    text = message.text or message.caption or ""
    if asker.anonymous or text.startswith("/") or not (text or attached([message])):
        return False
    job_id = await job_desk.replied_job(message)
    return False if job_id is None else {"job_id": job_id}


async def submit(
    message: Message,
    command: CommandObject,
    album: tuple[Message, ...],
    event_update: Update,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
) -> None:
    """What becomes of it is told by its card."""
    request = str(event_update.update_id)
    order = await job_desk.order(message, command.args or "", album, request)
    if not order.text and not order.files:
        await job_board.explain(asker)
        return
    await job_desk.submit(Client(asker, person), order)


async def reply(
    message: Message,
    job_id: JobId,
    album: tuple[Message, ...],
    event_update: Update,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
) -> None:
    _ = job_id
    text = message.text or message.caption or ""
    order = await job_desk.order(message, text, album, str(event_update.update_id))
    await job_desk.submit(Client(asker, person), order)


async def ask_reply(
    query: CallbackQuery,
    callback_data: taps.JobReply,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    courier: Courier,
) -> None:
    """The question leads to the job, too: what replies to it goes on with it."""
    viewer = await job_desk.viewer(asker, person)
    job = await job_desk.service.replied_to(viewer, callback_data.id)
    await courier.toast(query.id)
    hint = ForceReply(input_field_placeholder=asker.words("jobs.reply.placeholder"), selective=True)
    html = asker.words.html("jobs.reply.ask", job_id=job.id)
    message_id = await courier.send_html(asker.replying, html, hint)
    await job_board.leads(job.id, asker.target, message_id)


async def again(
    query: CallbackQuery,
    callback_data: taps.JobAgain,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    courier: Courier,
) -> None:
    job = await job_desk.again(Client(asker, person), callback_data.id)
    await courier.toast(query.id, asker.words("jobs.again", job_id=job.id))


async def cancel(
    query: CallbackQuery,
    callback_data: taps.JobCancel,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    courier: Courier,
) -> None:
    viewer = await job_desk.viewer(asker, person)
    job, _ = await job_desk.service.cancel(viewer, callback_data.id, query.id)
    await courier.toast(query.id, asker.words("jobs.cancelled", job_id=job.id))
    await job_board.redraw(asker, viewer, job)


async def ask_delete(
    query: CallbackQuery,
    callback_data: taps.JobDelete,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
) -> None:
    viewer = await job_desk.viewer(asker, person)
    job = await job_desk.service.get(viewer, callback_data.id)
    await job_board.ask_delete(query, asker, job)


async def delete(
    query: CallbackQuery,
    callback_data: taps.JobDeleteYes,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
) -> None:
    viewer = await job_desk.viewer(asker, person)
    job = await job_desk.service.remove(viewer, callback_data.id)
    await job_board.deleted(query, asker, job)
