"""Telegram's side of jobs, wired."""

import time

from aiogram import Bot, Dispatcher

from luka_bot.composition import Services
from luka_bot.config import Settings
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.downloads import Downloads
from luka_bot.handlers.jobs.attachments import Receiving
from luka_bot.handlers.jobs.board import JobBoard
from luka_bot.handlers.jobs.desk import JobDesk
from luka_bot.handlers.jobs.drawing import JobDrawing, Known
from luka_bot.handlers.jobs.results import JobResults
from luka_bot.handlers.jobs.sending import JobSending
from luka_bot.handlers.jobs.shelf import Shelf
from luka_bot.handlers.jobs.teller import Teller
from luka_bot.household import Household
from luka_bot.job_desks import open_job_desks
from luka_bot.job_office import MB, JobOffice, folder_of
from luka_bot.locales import words_for
from luka_bot.services.adopter import Adopter
from luka_bot.storage.job_news import JobNews

_TELLS = "jobs"  # what the one teller does, by its lease


def bring_jobs(
    settings: Settings,
    services: Services,
    house: Household,
    office: JobOffice,
    bot: Bot,
    dispatcher: Dispatcher,
) -> JobNews:
    """Into the dispatcher's handlers, and to whoever waits for news of a job. What is given back
    hears of every change: pages may follow it, too."""
    access, workspaces = house.access, office.workspaces
    sending = JobSending(house.courier, workspaces, office.cards)
    receiving = Receiving(Downloads(bot), settings.jobs.telegram_mb * MB)
    titles = {name: kind.title or name for name, kind in settings.kinds_of_jobs.items()}
    dispatcher.workflow_data.update(
        job_desk=JobDesk(
            office.service, workspaces, receiving, access, services.threads, folder_of
        ),
        job_board=JobBoard(house.courier, office.service, sending, titles),
        job_shelf=Shelf(workspaces, sending, access, folder_of, settings.jobs.quota_mb),
    )
    dispatcher.workflow_data.update(open_job_desks(office, services, house))
    news = JobNews(services.storage)
    teller = _teller(settings, services, office, house.courier, sending)
    news.follow(teller.wake)
    services.background.spawn("tell of jobs", _telling(services, news, teller))
    return news


def _teller(
    settings: Settings,
    services: Services,
    office: JobOffice,
    courier: Courier,
    sending: JobSending,
) -> Teller:
    drawing = JobDrawing(
        courier,
        Known(office.service, office.store, office.cards),
        services.deliveries,
        services.admins,
        words_for(settings.language),
    )
    results = JobResults(courier, sending, services.deliveries)
    return Teller(office.store, office.cards, drawing, results, time.monotonic)


async def _telling(services: Services, news: JobNews, teller: Teller) -> None:
    """One process at a time tells, and another goes on if that one dies."""

    async def waiting() -> tuple[str]:
        return (_TELLS,)

    async def tell(_: str) -> None:
        await teller.run()

    async with news.listening():
        adopter = Adopter("teller", services.storage, services.background, waiting, tell)
        await adopter.run()
