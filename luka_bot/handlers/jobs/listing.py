"""/jobs: one's own jobs, each with its files and its thread."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.board import JobBoard
from luka_bot.handlers.jobs.desk import JobDesk
from luka_bot.handlers.screen import Screen
from luka_bot.models.person import Person
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="jobs_listing")
    sees = does(Action.SEE_JOBS)
    router.message.register(show_jobs, Command("jobs"), flags=sees)
    router.callback_query.register(turn_page, taps.JobsAt.filter(), flags=sees)
    router.callback_query.register(show_job, taps.JobShow.filter(), flags=sees)
    router.callback_query.register(fetch, taps.JobFetch.filter(), flags=sees)
    return router


async def show_jobs(
    _: Message,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    screen: Screen,
) -> None:
    if asker.target.is_group:
        await screen.show(asker, asker.words.html("jobs.in_private", name=asker.name))
        return
    await job_board.show_list(asker, await job_desk.viewer(asker, person), 0)


async def turn_page(
    query: CallbackQuery,
    callback_data: taps.JobsAt,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    courier: Courier,
) -> None:
    """Of whoever taps, whoever asked for the list."""
    await courier.toast(query.id)
    viewer, offset = await job_desk.viewer(asker, person), callback_data.offset
    await job_board.show_list(asker, viewer, offset, over=asker.message_id)


async def show_job(
    query: CallbackQuery,
    callback_data: taps.JobShow,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    courier: Courier,
) -> None:
    viewer = await job_desk.viewer(asker, person)
    job = await job_desk.service.get(viewer, callback_data.id)
    await courier.toast(query.id)
    await job_board.show(asker, viewer, job)


async def fetch(
    query: CallbackQuery,
    callback_data: taps.JobFetch,
    asker: Asker,
    person: Person,
    job_desk: JobDesk,
    job_board: JobBoard,
    courier: Courier,
) -> None:
    viewer = await job_desk.viewer(asker, person)
    job = await job_desk.service.get(viewer, callback_data.id)
    file = job_board.file_of(job, callback_data.key)
    await courier.toast(query.id)
    await job_board.send(asker, job.folder, file)
