"""The order in which handlers are asked; the first that fits takes the update."""

from aiogram import Router

from luka_bot.handlers import (
    chats,
    errors,
    membership,
    not_yet,
    reception,
    start,
    streaming_dm,
    thread_card,
    thread_deletion,
)
from luka_bot.handlers.admin import (
    audit_log,
    banning,
    dead,
    deciding,
    health,
    inviting,
    limiting,
    page_link,
    users,
)


def all_routes() -> list[Router]:
    return [
        errors.routes(),
        membership.routes(),
        deciding.routes(),
        audit_log.routes(),
        health.routes(),
        page_link.routes(),
        dead.routes(),
        users.routes(),
        banning.routes(),
        limiting.routes(),
        inviting.routes(),
        reception.routes(),
        start.routes(),
        chats.routes(),
        thread_card.routes(),
        thread_deletion.routes(),
        streaming_dm.routes(),
        not_yet.routes(),
    ]
