"""/stats: how much luka is used, as a picture and in numbers."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import structlog
from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import NotAccepted, PersonAway
from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.stats_text import stats_text
from luka_bot.locales import Words
from luka_bot.models.ids import UserId
from luka_bot.models.rights import Action
from luka_bot.models.stats import StatsReport
from luka_bot.pictures.stats import draw_stats
from luka_bot.services.stats_service import StatsService

PERIODS = (7, 30, 90)  # days
USUAL = 7

log = structlog.get_logger(__name__)


class StatsOf(CallbackData, prefix="stats_of"):
    days: int


class StatsDesk:
    """Draws one picture at a time: it takes a core for a moment."""

    def __init__(self, stats: StatsService, courier: Courier) -> None:
        self._stats = stats
        self._courier = courier
        self._drawing = asyncio.Semaphore(1)

    async def show(self, asker: Asker, days: int) -> None:
        report, names = await self._stats.report(days)
        picture = await self._drawn(asker.words, report, names)
        if picture is not None:
            with suppress(NotAccepted, PersonAway):  # a group may allow no pictures
                await self._courier.send_photo(asker.target, picture)
        html = stats_text(asker.words, report, names)
        await self._courier.send_html(asker.target, html, _keyboard(asker.words))

    async def _drawn(
        self, words: Words, report: StatsReport, names: Mapping[UserId, str]
    ) -> bytes | None:
        """None where it can't be drawn: the numbers are told anyhow."""
        async with self._drawing:
            try:
                return await asyncio.to_thread(draw_stats, report, words, names)
            except Exception:  # a strange name must not cost the numbers
                log.exception("stats.not_drawn")
                return None


def routes() -> Router:
    router = Router(name="stats")
    router.message.filter(in_admin_group)
    router.message.register(show, Command("stats"), flags=does(Action.SEE_STATS))
    router.callback_query.register(period, StatsOf.filter(), flags=does(Action.SEE_STATS))
    return router


async def show(
    _: Message, command: CommandObject, asker: Asker, stats_desk: StatsDesk, screen: Screen
) -> None:
    asked = (command.args or str(USUAL)).strip()
    if not asked.isdecimal() or not 1 <= int(asked) <= PERIODS[-1]:
        await screen.show(asker, asker.words.html("stats.usage", most=PERIODS[-1]))
        return
    await stats_desk.show(asker, int(asked))


async def period(
    query: CallbackQuery,
    callback_data: StatsOf,
    asker: Asker,
    courier: Courier,
    stats_desk: StatsDesk,
) -> None:
    await courier.toast(query.id)
    await stats_desk.show(asker, min(max(1, callback_data.days), PERIODS[-1]))


def _keyboard(words: Words) -> InlineKeyboardMarkup | None:
    return rows([button(words("button.stats", days=days), StatsOf(days=days)) for days in PERIODS])
