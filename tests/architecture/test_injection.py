"""aiogram silently leaves out a parameter that nobody provides; this doesn't."""

import inspect
from collections.abc import Iterator

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject

from luka_bot.handlers.routes import all_routes

# By aiogram, by our middlewares and filters, or by app.py.
PROVIDED = {
    "bot": "Bot",
    "command": "CommandObject",
    "asker": "Asker",
    "handover": "Handover",
    "question": "Question",
    "threads": "ThreadService",
    "turns": "TurnService",
    "courier": "Courier",
    "answering": "Answering",
    "screen": "Screen",
    "recently": "Recently",
    "replies": "Replies",
    "album": "tuple",
    "thread_id": "ThreadId",
    "event_update": "Update",
    "conversations": "ConversationService",
    "agent_book": "AgentBook",
    "group_talk": "GroupTalk",
    "group_desk": "GroupDesk",
    "posted": "Posted",
    "admin_jobs": "AdminJobs",
    "job_refusing": "JobRefusing",
    "job_reading": "JobReading",
    "refused": "JobId",
    "question_at": "MessageId",
    "taking_back": "TakingBack",
    "direct_talk": "DirectTalk",
    "group_sight": "GroupSight",
    "places": "Places",
    "said": "GroupWords",
    "person": "Person",
    "people": "PeopleService",
    "people_store": "PeopleStore",
    "access": "AccessService",
    "admin_group": "AdminGroup",
    "audit": "AuditLog",
    "languages": "Languages",
    "broadcasting": "Broadcasting",
    "pulling": "Pulling",
    "models": "ModelsService",
    "privacy": "Privacy",
    "redaction": "Redaction",
    "settings_desk": "SettingsDesk",
    "privacy_text": "PrivacyText",
    "desk": "Desk",
    "verdicts": "Verdicts",
    "invites": "InviteService",
    "reception": "Reception",
    "token": "str",
    "audit_service": "AuditService",
    "queue": "QueueService",
    "stats_desk": "StatsDesk",
    "vigil": "Vigil",
    "page_links": "PageLinks",
    "settings": "Settings",
    "dead_desk": "DeadDesk",
    "sharing": "Sharing",
    "sharing_desk": "SharingDesk",
    "agents_desk": "AgentsDesk",
    "personas": "Personas",
    "chat_page": "ChatPage",
    "chat_links": "ChatLinks",
    "agent": "Agent",
    "agent_name": "AgentName",
    "job_desk": "JobDesk",
    "job_board": "JobBoard",
    "job_shelf": "Shelf",
    "client": "Client",
    "order": "Order",
}


def handlers() -> Iterator[HandlerObject]:
    for router in all_routes():
        yield from _handlers(router)


def _handlers(router: Router) -> Iterator[HandlerObject]:
    for observer in router.observers.values():
        yield from observer.handlers
    for child in router.sub_routers:
        yield from _handlers(child)


@pytest.mark.parametrize("handler", list(handlers()), ids=lambda handler: handler.callback.__name__)
def test_every_parameter_of_a_handler_is_provided(handler: HandlerObject) -> None:
    parameters = list(inspect.signature(handler.callback).parameters.values())

    for parameter in parameters[1:]:
        kind = getattr(parameter.annotation, "__name__", str(parameter.annotation))
        if parameter.name == "callback_data":
            continue
        assert PROVIDED.get(parameter.name) == kind, f"nobody provides {parameter.name}: {kind}"
