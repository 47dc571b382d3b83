"""All that people do with jobs and files, in the order in which it is asked."""

from aiogram import Router

from luka_bot.handlers.jobs import files, listing, submitting


def routes() -> Router:
    router = Router(name="people's jobs")
    router.include_routers(submitting.routes(), listing.routes(), files.routes())
    return router
