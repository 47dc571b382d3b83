"""/queue: who is being answered, who waits, and for how long."""

import time
from collections.abc import Mapping, Sequence
from html import escape

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.ids import MessageId, UserId
from luka_bot.models.queue import QueueEntry
from luka_bot.models.rights import Action
from luka_bot.services.queue_service import QueueService

SHOWN = 10  # entries, with a button each
NAME_SHOWN = 20  # characters in a button


class QueueRefresh(CallbackData, prefix="queue_refresh"):
    pass


class QueueCancel(CallbackData, prefix="queue_cancel"):
    place: str


def routes() -> Router:
    router = Router(name="queue")
    router.message.filter(in_admin_group)
    router.message.register(show, Command("queue"), flags=does(Action.SEE_QUEUE))
    query = router.callback_query
    query.register(refresh, QueueRefresh.filter(), flags=does(Action.SEE_QUEUE))
    query.register(cancel, QueueCancel.filter(), flags=does(Action.CHANGE_QUEUE))
    return router


async def show(_: Message, asker: Asker, queue: QueueService, screen: Screen) -> None:
    await _draw(asker, queue, screen)


async def refresh(
    query: CallbackQuery, asker: Asker, queue: QueueService, courier: Courier, screen: Screen
) -> None:
    await courier.toast(query.id)
    await _draw(asker, queue, screen, over=asker.message_id)


async def cancel(
    query: CallbackQuery,
    callback_data: QueueCancel,
    asker: Asker,
    queue: QueueService,
    courier: Courier,
    screen: Screen,
) -> None:
    stopped = await queue.cancel(callback_data.place, asker.user_id, asker.name)
    await courier.toast(query.id, asker.words("queue.stopping" if stopped else "queue.gone"))
    await _draw(asker, queue, screen, over=asker.message_id)


async def _draw(
    asker: Asker, queue: QueueService, screen: Screen, over: MessageId | None = None
) -> None:
    if not queue.is_kept:
        await screen.show(asker, asker.words.html("queue.not_kept"), over=over)
        return
    entries = await queue.look()
    names = await queue.names(entries[:SHOWN])
    html = _text(asker.words, entries, names)
    await screen.show(asker, html, _keyboard(asker.words, entries[:SHOWN], names), over=over)


def _text(words: Words, entries: Sequence[QueueEntry], names: Mapping[UserId, str]) -> str:
    if not entries:
        return words.html("queue.empty")
    running = sum(one.running for one in entries)
    head = words.html("queue.header", running=running, waiting=len(entries) - running)
    lines = [_line(words, one, names) for one in entries[:SHOWN]]
    rest = len(entries) - SHOWN
    more = [words.html("queue.more", number=rest)] if rest > 0 else []
    return "\n".join([head, "", *lines, *more])


def _line(words: Words, one: QueueEntry, names: Mapping[UserId, str]) -> str:
    seconds = round(max(0.0, time.time() - one.since))
    mark = "✍️" if one.running else f"{one.position}."
    name = escape(names.get(one.person, str(one.person)), quote=False)
    return f"{mark} {name} · {words.html('queue.since', seconds=seconds)}"


def _keyboard(
    words: Words, entries: Sequence[QueueEntry], names: Mapping[UserId, str]
) -> InlineKeyboardMarkup | None:
    stops = [[_stop(words, one, names)] for one in entries]
    return rows(*stops, [button(words("button.refresh"), QueueRefresh())])


def _stop(words: Words, one: QueueEntry, names: Mapping[UserId, str]) -> InlineKeyboardButton:
    name = names.get(one.person, str(one.person))[:NAME_SHOWN]
    return button(words("button.queue.stop", name=name), QueueCancel(place=one.place))
