"""What the buttons about jobs and files carry. Ids in here are claims, as in callbacks.py.

A path has no room in a button: key is how its hash begins, looked up among what there is.
"""

from hashlib import sha256

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import JobId
from luka_bot.workspaces.workspaces import Section

KEY_LENGTH = 12


def key_of(path: str) -> str:
    return sha256(path.encode()).hexdigest()[:KEY_LENGTH]


class JobShow(CallbackData, prefix="job"):
    id: JobId


class JobsAt(CallbackData, prefix="jobs"):
    offset: int


class JobCancel(CallbackData, prefix="job_cancel"):
    id: JobId


class JobReply(CallbackData, prefix="job_reply"):
    id: JobId


class JobAgain(CallbackData, prefix="job_again"):
    id: JobId


class JobDelete(CallbackData, prefix="job_delete"):
    id: JobId


class JobDeleteYes(CallbackData, prefix="job_delete_yes"):
    id: JobId


class JobFetch(CallbackData, prefix="job_fetch"):
    """One of its files."""

    id: JobId
    key: str


class FilesAt(CallbackData, prefix="files"):
    section: Section
    offset: int


class FileShow(CallbackData, prefix="file"):
    key: str


class FileFetch(CallbackData, prefix="file_fetch"):
    key: str


class FileDelete(CallbackData, prefix="file_delete"):
    key: str


class FileDeleteYes(CallbackData, prefix="file_delete_yes"):
    key: str
