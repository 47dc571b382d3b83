"""Approve, Reject, Cancel: whoever decides first has decided; the job's cards tell who it was."""

from typing import Any

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.job_desk import AdminJobs
from luka_bot.handlers.admin.job_refusing import JobRefusing
from luka_bot.handlers.admin.job_taps import JobApprove, JobHalt, JobReject, JobRejectNow, JobSpare
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.questions import replied
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.rights import Action


def routes() -> Router:
    router, deciding = Router(name="job_deciding"), does(Action.DECIDE_JOBS)
    router.message.filter(in_admin_group)
    says = F.text & ~F.text.startswith("/")
    router.message.register(reject_for, F.reply_to_message, says, says_why, flags=deciding)
    query = router.callback_query
    query.register(approve, JobApprove.filter(), flags=deciding)
    query.register(ask_why, JobReject.filter(), flags=deciding)
    query.register(reject_now, JobRejectNow.filter(), flags=deciding)
    query.register(spare, JobSpare.filter(), flags=deciding)
    query.register(cancel, JobHalt.filter(), flags=deciding)
    return router


async def says_why(
    message: Message, asker: Asker, job_refusing: JobRefusing
) -> bool | dict[str, Any]:
    """A filter, for a reply to our question; gives the `refused` job and the `question`."""
    at = replied(message)
    job_id = None if at is None else await job_refusing.about(asker, at)
    return False if job_id is None else {"refused": job_id, "question_at": at}


async def approve(
    query: CallbackQuery,
    callback_data: JobApprove,
    asker: Asker,
    courier: Courier,
    admin_jobs: AdminJobs,
) -> None:
    await admin_jobs.approve(asker, callback_data.id, query.id)
    await courier.toast(query.id, asker.words("job_admin.done.approved", id=callback_data.id))


async def ask_why(
    query: CallbackQuery,
    callback_data: JobReject,
    asker: Asker,
    courier: Courier,
    job_refusing: JobRefusing,
) -> None:
    await job_refusing.ask(asker, callback_data.id)
    await courier.toast(query.id)


async def reject_for(
    message: Message,
    refused: JobId,
    question_at: MessageId,
    asker: Asker,
    job_refusing: JobRefusing,
    event_update: Update,
) -> None:
    request, reason = f"u{event_update.update_id}", message.text or ""
    await job_refusing.reject(asker, refused, request, reason, question_at)


async def reject_now(
    query: CallbackQuery,
    callback_data: JobRejectNow,
    asker: Asker,
    courier: Courier,
    job_refusing: JobRefusing,
) -> None:
    await job_refusing.reject_now(asker, callback_data.id, query.id)
    await courier.toast(query.id, asker.words("job_admin.done.rejected", id=callback_data.id))


async def spare(
    query: CallbackQuery,
    callback_data: JobSpare,
    asker: Asker,
    courier: Courier,
    job_refusing: JobRefusing,
) -> None:
    await courier.toast(query.id, asker.words("job_admin.done.spared"))
    await job_refusing.spare(asker, callback_data.id)


async def cancel(
    query: CallbackQuery,
    callback_data: JobHalt,
    asker: Asker,
    courier: Courier,
    admin_jobs: AdminJobs,
) -> None:
    await admin_jobs.cancel(asker, callback_data.id, query.id)
    await courier.toast(query.id, asker.words("job_admin.done.cancelled", id=callback_data.id))
