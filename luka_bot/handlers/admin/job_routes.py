"""What admins do with jobs, in one place for routes.py."""

from aiogram import Router

from luka_bot.handlers.admin import job_deciding, job_lists, job_reading


def routes() -> list[Router]:
    return [job_lists.routes(), job_deciding.routes(), job_reading.routes()]
