"""The order in which handlers are asked; the first that fits takes the update."""

from aiogram import Router

from luka_bot.handlers import (
    chats,
    errors,
    exporting,
    membership,
    not_yet,
    privacy,
    reception,
    redacting,
    settings,
    start,
    streaming_dm,
    thread_card,
    thread_deletion,
)
from luka_bot.handlers.admin import (
    audit_log,
    banning,
    broadcast,
    dead,
    deciding,
    health,
    inviting,
    limiting,
    models,
    page_link,
    pull,
    queue,
    stats,
    usage,
    users,
)


def all_routes() -> list[Router]:
    return [
        errors.routes(),
        membership.routes(),
        deciding.routes(),
        usage.routes(),
        users.routes(),
        banning.routes(),
        limiting.routes(),
        inviting.routes(),
        reception.routes(),
        audit_log.routes(),
        health.routes(),
        page_link.routes(),
        dead.routes(),
        queue.routes(),
        stats.routes(),
        broadcast.routes(),
        models.routes(),
        pull.routes(),
        start.routes(),
        chats.routes(),
        thread_card.routes(),
        thread_deletion.routes(),
        exporting.routes(),
        privacy.routes(),
        redacting.routes(),
        settings.routes(),
        streaming_dm.routes(),
        not_yet.routes(),
    ]
