"""The buttons under our messages."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.handlers import callbacks as tap
from luka_bot.handlers import sharing_taps
from luka_bot.locales import Words
from luka_bot.models.ids import ThreadId, TurnId
from luka_bot.models.thread import Thread, ThreadPage
from luka_bot.services.thread_service import PAGE

NAME_SHOWN = 20  # characters of a name inside a button that says more than the name
MARK = "▶️ "  # before the active thread
SHARED = " 👥"  # behind a thread with several people, before their number


def welcome(words: Words) -> InlineKeyboardMarkup:
    return _rows(
        [_button(words("button.threads"), tap.ThreadList())],
        [_button(words("button.help"), tap.ShowHelp())],
    )


def thread_list(
    words: Words, page: ThreadPage, active: Thread | None, people: Mapping[ThreadId, int]
) -> InlineKeyboardMarkup:
    """The seed's list: a thread a row, the active one marked, then what can be done.

    active needn't be on the page. people: how many there are in each that has several.
    """
    rows = [
        [
            _button(
                _label(thread, page.active_id, people.get(thread.thread_id, 0)),
                tap.ThreadSelect(id=thread.thread_id),
            )
        ]
        for thread in page.threads
    ]
    turning = _paging(words, page)
    manage = [] if active is None else [_manage(words, active)]
    create = _button(words("button.create"), tap.ThreadCreate())
    here = tap.ThreadPageTo(offset=page.offset) if page.offset else tap.ThreadRefresh()
    refresh = _button(words("button.refresh"), here)
    return _rows(*rows, turning, [create], [refresh], manage)


def is_thread_list(keyboard: InlineKeyboardMarkup) -> bool:
    create = tap.ThreadCreate().pack()
    return any(button.callback_data == create for row in keyboard.inline_keyboard for button in row)


def marked(words: Words, shown: InlineKeyboardMarkup, active: Thread) -> InlineKeyboardMarkup:
    """A list as it is shown, every button in its place, with another thread active."""
    return _rows(
        *([_marked(words, button, active) for button in row] for row in shown.inline_keyboard)
    )


def thread_card(words: Words, thread: Thread) -> InlineKeyboardMarkup:
    """For whose it is."""
    key = thread.thread_id
    switch = [] if thread.is_active else [_button(words("button.switch"), tap.ThreadSelect(id=key))]
    return _rows(
        switch,
        [
            _button(words("button.rename"), tap.ThreadRename(id=key)),
            _button(words("button.export"), tap.ThreadExport(id=key)),
        ],
        [
            _button(words("button.clear"), tap.ThreadClear(id=key)),
            _button(words("button.delete"), tap.ThreadDelete(id=key)),
        ],
        _company(words, key),
        [_button(words("button.back"), tap.ThreadRefresh())],
    )


def others_card(words: Words, thread: Thread) -> InlineKeyboardMarkup:
    """For whoever takes part in a thread that is another's."""
    key = thread.thread_id
    leave = sharing_taps.ShareLeave(id=key, sure=False)
    return _rows(
        [_button(words("button.switch"), tap.ThreadSelect(id=key))],
        [
            _button(words("button.export"), tap.ThreadExport(id=key)),
            _button(words("button.leave"), leave),
        ],
        _company(words, key),
        [_button(words("button.back"), tap.ThreadRefresh())],
    )


def manage(words: Words, thread: Thread) -> InlineKeyboardMarkup:
    return _rows([_manage(words, thread)])


def confirm_delete(words: Words, thread_id: ThreadId) -> InlineKeyboardMarkup:
    yes = _button(words("button.delete_yes"), tap.ThreadDeleteYes(id=thread_id))
    return _rows([yes, _keep(words, thread_id)])


def confirm_clear(words: Words, thread_id: ThreadId) -> InlineKeyboardMarkup:
    yes = _button(words("button.clear_yes"), tap.ThreadClearYes(id=thread_id))
    return _rows([yes, _keep(words, thread_id)])


def confirm_forget(words: Words) -> InlineKeyboardMarkup:
    return _rows(
        [_button(words("button.forget_yes"), tap.ForgetMe(sure=True))],
        [_button(words("button.forget_no"), tap.ForgetMe(sure=False))],
    )


def undo_delete(words: Words, thread_id: ThreadId) -> InlineKeyboardMarkup:
    return _rows(
        [_button(words("button.undo"), tap.ThreadRestore(id=thread_id))],
        [_button(words("button.threads"), tap.ThreadList())],
    )


def stop(words: Words, turn_id: TurnId) -> InlineKeyboardMarkup:
    return _rows([_button(words("button.stop"), tap.TurnStop(id=turn_id))])


def retry(words: Words, thread_id: ThreadId, turn_id: TurnId) -> InlineKeyboardMarkup:
    return _rows([_button(words("button.retry"), tap.TurnRetry(thread_id=thread_id, id=turn_id))])


def regenerate(words: Words, thread_id: ThreadId, turn_id: TurnId) -> InlineKeyboardMarkup:
    data = tap.TurnRegenerate(thread_id=thread_id, id=turn_id)
    return _rows([_button(words("button.regenerate"), data)])


def _company(words: Words, thread_id: ThreadId) -> list[InlineKeyboardButton]:
    return [
        _button(words("button.share"), sharing_taps.Share(id=thread_id)),
        _button(words("button.agents"), sharing_taps.Agents(id=thread_id)),
    ]


def _label(thread: Thread, active: ThreadId | None, people: int = 0) -> str:
    mark = MARK if thread.thread_id == active else ""
    shared = f"{SHARED}{people}" if people else ""
    return f"{mark}{thread.name} ({thread.message_count}){shared}"


def _marked(words: Words, button: InlineKeyboardButton, active: Thread) -> InlineKeyboardButton:
    kind, _, thread_id = (button.callback_data or "").partition(tap.ThreadSelect.__separator__)
    if kind == tap.ThreadCard.__prefix__:
        return _manage(words, active)
    if kind != tap.ThreadSelect.__prefix__:
        return button
    if thread_id == active.thread_id:
        _, _, people = button.text.rpartition(SHARED)
        count = int(people) if people.isdecimal() else 0
        label = _label(active, active.thread_id, count)
        return _button(label, tap.ThreadSelect(id=active.thread_id))
    return button.model_copy(update={"text": button.text.removeprefix(MARK)})


def _manage(words: Words, thread: Thread) -> InlineKeyboardButton:
    name = thread.name if len(thread.name) <= NAME_SHOWN else thread.name[:NAME_SHOWN] + "…"
    return _button(words("button.manage", name=name), tap.ThreadCard(id=thread.thread_id))


def _paging(words: Words, page: ThreadPage) -> list[InlineKeyboardButton]:
    row = []
    if page.offset > 0:
        newer = tap.ThreadPageTo(offset=max(0, page.offset - PAGE))
        row.append(_button(words("button.newer"), newer))
    if page.offset + PAGE < page.total:
        row.append(_button(words("button.older"), tap.ThreadPageTo(offset=page.offset + PAGE)))
    return row


def _keep(words: Words, thread_id: ThreadId) -> InlineKeyboardButton:
    return _button(words("button.cancel"), tap.Keep(id=thread_id))


def _button(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())


def _rows(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])
