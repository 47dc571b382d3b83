"""/jobs: one's own jobs, each with its files and its thread."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.handlers.doing import does
from luka_bot.handlers.jobs import taps
from luka_bot.handlers.jobs.board import JobBoard
from luka_bot.handlers.jobs.desk import AtTheDesk, Client
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="jobs_listing")
    sees = does(Action.SEE_JOBS)
    router.message.register(show_jobs, Command("jobs"), flags=sees)
    router.callback_query.register(turn_page, taps.JobsAt.filter(), flags=sees)
    router.callback_query.register(show_job, taps.JobShow.filter(), flags=sees)
    router.callback_query.register(fetch, taps.JobFetch.filter(), flags=sees)
    for observer in (router.message, router.callback_query):
        observer.middleware(AtTheDesk())
    return router


async def show_jobs(_: Message, client: Client, job_board: JobBoard, screen: Screen) -> None:
    asker = client.asker
    if asker.target.is_group:
        await screen.show(asker, asker.words.html("jobs.in_private", name=asker.name))
        return
    await job_board.show_list(client)


async def turn_page(
    query: CallbackQuery, callback_data: taps.JobsAt, client: Client, job_board: JobBoard
) -> None:
    """Of whoever taps, whoever asked for the list."""
    await job_board.turn_to(query, client, callback_data.offset)


async def show_job(
    query: CallbackQuery, callback_data: taps.JobShow, client: Client, job_board: JobBoard
) -> None:
    await job_board.open(query, client, callback_data.id)


async def fetch(
    query: CallbackQuery, callback_data: taps.JobFetch, client: Client, job_board: JobBoard
) -> None:
    await job_board.fetch(query, client, callback_data.id, callback_data.key)
