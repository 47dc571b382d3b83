"""/pending, /alljobs and /jobstats: the jobs of everybody."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.job_desk import WAITING, AdminJobs
from luka_bot.handlers.admin.job_list import PlaceOfJobs
from luka_bot.handlers.admin.job_taps import JobNumbers, JobOnDesk, JobsOnDesk
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.job import JobState
from luka_bot.models.rights import Action


def routes() -> Router:
    router, seeing = Router(name="admin_job_lists"), does(Action.SEE_ALL_JOBS)
    router.message.filter(in_admin_group)
    router.message.register(pending, Command("pending"), flags=seeing)
    router.message.register(all_jobs, Command("alljobs"), flags=seeing)
    router.message.register(job_numbers, Command("jobstats"), flags=seeing)
    query = router.callback_query
    query.register(turn, JobsOnDesk.filter(), flags=seeing)
    query.register(open_job, JobOnDesk.filter(), flags=seeing)
    query.register(refresh_numbers, JobNumbers.filter(), flags=seeing)
    return router


async def pending(_: Message, asker: Asker, admin_jobs: AdminJobs) -> None:
    """The next to be decided first."""
    await admin_jobs.list(asker, WAITING)


async def all_jobs(
    _: Message, command: CommandObject, asker: Asker, admin_jobs: AdminJobs, screen: Screen
) -> None:
    """Of one state, where it is named."""
    state = (command.args or "").strip().lower()
    if state and state not in set(JobState):
        states = ", ".join(JobState)
        await screen.show(asker, asker.words.html("job_admin.usage", states=states))
        return
    await admin_jobs.list(asker, PlaceOfJobs.read(state, 0))


async def job_numbers(_: Message, asker: Asker, admin_jobs: AdminJobs) -> None:
    await admin_jobs.numbers(asker)


async def turn(
    query: CallbackQuery,
    callback_data: JobsOnDesk,
    asker: Asker,
    courier: Courier,
    admin_jobs: AdminJobs,
) -> None:
    await courier.toast(query.id)
    place = PlaceOfJobs.read(callback_data.state, callback_data.offset)
    await admin_jobs.list(asker, place, over=asker.message_id)


async def open_job(
    query: CallbackQuery,
    callback_data: JobOnDesk,
    asker: Asker,
    courier: Courier,
    admin_jobs: AdminJobs,
) -> None:
    place = PlaceOfJobs.read(callback_data.state, callback_data.offset)
    await admin_jobs.card(asker, callback_data.id, place)
    await courier.toast(query.id)


async def refresh_numbers(
    query: CallbackQuery, asker: Asker, courier: Courier, admin_jobs: AdminJobs
) -> None:
    await courier.toast(query.id)
    await admin_jobs.numbers(asker, over=asker.message_id)
