"""What admins' buttons about jobs carry. Whoever taps is asked who they are each time."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import JobId


class Part(StrEnum):
    """Of a job, to be read whole."""

    CONTEXT = "context"  # its thread up to it
    PROMPT = "prompt"
    RESULT = "result"


class Side(StrEnum):
    """Files that were handed in, or that were made."""

    IN = "in"
    OUT = "out"


class JobApprove(CallbackData, prefix="jd_approve"):
    id: JobId


class JobReject(CallbackData, prefix="jd_reject"):
    """Asks why."""

    id: JobId


class JobRejectNow(CallbackData, prefix="jd_now"):
    """Without a reason."""

    id: JobId


class JobSpare(CallbackData, prefix="jd_spare"):
    """Leave our question unanswered: nothing changes."""

    id: JobId


class JobHalt(CallbackData, prefix="jd_halt"):
    id: JobId


class JobLook(CallbackData, prefix="jd_look"):
    id: JobId
    part: Part


class JobFileTake(CallbackData, prefix="jd_take"):
    """A file. number: from 0, in the order in which the job has them."""

    id: JobId
    side: Side
    number: int


class JobOnDesk(CallbackData, prefix="jd_card"):
    """One from a list. state, offset: of the list to which Back leads, as JobsOnDesk."""

    id: JobId
    state: str
    offset: int


class JobsOnDesk(CallbackData, prefix="jd_list"):
    """state "": of all of them."""

    state: str
    offset: int


class JobNumbers(CallbackData, prefix="jd_stats"):
    """How jobs are going, as of now."""
