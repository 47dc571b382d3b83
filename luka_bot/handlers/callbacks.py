"""What our buttons carry. Ids in here are claims: whoever acts on them checks the owner."""

from aiogram.filters.callback_data import CallbackData

from luka_bot.models.ids import ThreadId, TurnId
from luka_bot.models.person import Choice


class ThreadCreate(CallbackData, prefix="thread_create"):
    pass


class ThreadRefresh(CallbackData, prefix="thread_refresh"):
    pass


class ThreadList(CallbackData, prefix="thread_list"):
    """The list as a message of its own, where the tapped one is still of use."""


class ThreadPageTo(CallbackData, prefix="thread_page"):
    offset: int


class ThreadSelect(CallbackData, prefix="thread_select"):
    id: ThreadId


class ThreadCard(CallbackData, prefix="thread_card"):
    id: ThreadId


class ThreadRename(CallbackData, prefix="thread_rename"):
    id: ThreadId


class ThreadClear(CallbackData, prefix="thread_clear"):
    id: ThreadId


class ThreadClearYes(CallbackData, prefix="thread_clear_yes"):
    id: ThreadId


class ThreadExport(CallbackData, prefix="thread_export"):
    id: ThreadId


class ThreadDelete(CallbackData, prefix="thread_delete"):
    id: ThreadId


class ThreadDeleteYes(CallbackData, prefix="thread_delete_yes"):
    id: ThreadId


class ThreadRestore(CallbackData, prefix="thread_restore"):
    id: ThreadId


class Keep(CallbackData, prefix="keep"):
    """Leave our question about a thread unanswered: nothing changes."""

    id: ThreadId


class ShowHelp(CallbackData, prefix="help"):
    pass


class ForgetMe(CallbackData, prefix="forget_me"):
    """Of whoever taps, whoever was asked."""

    sure: bool


class SettingsPage(CallbackData, prefix="settings"):
    """Of whoever taps, like Choose. zones: the page of time zones."""

    zones: bool


class Choose(CallbackData, prefix="choose"):
    """value: "-" for what it is without a choice."""

    name: Choice
    value: str


class TurnStop(CallbackData, prefix="turn_stop"):
    id: TurnId


class TurnRetry(CallbackData, prefix="turn_retry"):
    thread_id: ThreadId
    id: TurnId


class TurnRegenerate(CallbackData, prefix="turn_again"):
    thread_id: ThreadId
    id: TurnId
