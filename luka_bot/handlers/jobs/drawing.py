"""The cards of a job, drawn anew wherever they stand."""

from dataclasses import dataclass, replace

import structlog
from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.admin.job_cards import admin_card
from luka_bot.handlers.jobs.card import buttons, job_card
from luka_bot.locales import Words, words_for
from luka_bot.models.errors import Refused
from luka_bot.models.ids import ChatId, JobId
from luka_bot.models.job import Job, Spot
from luka_bot.models.person import FIRST_LOCAL
from luka_bot.services.admin_group import AdminGroup
from luka_bot.services.jobs.job_service import JobService
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.job_cards import JobCards
from luka_bot.storage.jobs import JobStore

Drawn = tuple[str, InlineKeyboardMarkup | None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to know of jobs."""

    service: JobService
    store: JobStore
    cards: JobCards


class JobDrawing:
    """Raises StorageAway. Who can't be reached is let be: nobody waits for them.

    words: in which the admins' cards are written. What was drawn last is known, so that nothing is
    drawn twice; after a restart once more, which Telegram takes as no change.
    """

    def __init__(
        self,
        courier: Courier,
        known: Known,
        deliveries: Deliveries,
        group: AdminGroup,
        words: Words,
    ) -> None:
        self._courier = courier
        self._service = known.service
        self._store = known.store
        self._cards = known.cards
        self._deliveries = deliveries
        self._group = group
        self._words = words
        self._last: dict[tuple[JobId, str], Drawn] = {}

    def let_go(self, job_id: JobId) -> None:
        """It has ended, or is gone."""
        for name in ("card", "admin_card"):
            self._last.pop((job_id, name), None)

    async def place(self, job: Job) -> Target | None:
        """Where its owner is told of it; None where they aren't in Telegram."""
        if job.card is not None:
            return _under(job.card)
        if job.by_name and job.parent_id is not None:
            above = await self._parents_card(job.parent_id)
            if above is not None:
                return _under(above)
        elif job.asked_in is not None:
            return _under(job.asked_in)
        return None if job.owner >= FIRST_LOCAL else Target(ChatId(job.owner))

    async def persons_card(self, job: Job) -> None:
        target = await self.place(job)
        if target is not None:
            await self._put(job, "card", target, job.card, await self._as_seen(job))

    async def admins_card(self, job: Job) -> None:
        chat_id = self._group.chat_id
        spot = job.admin_card
        if spot is None and chat_id is None:
            return
        target = Target(ChatId(spot.chat_id if spot else chat_id or 0))
        thread = await self._store.thread(job.id)
        drawn = admin_card(self._words, job, thread, None)  # its place isn't kept current there
        await self._put(job, "admin_card", target, spot, drawn)

    async def keep_current(self, job: Job) -> bool:
        """Draws a waiting one's card if it shows another place; whether it had to. One try."""
        spot, drawn = job.card, await self._as_seen(job)
        if spot is None or self._last.get((job.id, "card")) == drawn:
            return False
        pace = self._courier.pace(spot.chat_id)
        if pace.rest() > 0 or not pace.ample():
            return False
        try:
            await self._courier.preview(_under(spot), spot.message_id, *drawn)
        except DeliveryError as error:
            log.info("jobs.card_not_kept_current", why=type(error).__name__)
        self._last[job.id, "card"] = drawn
        return True

    async def _as_seen(self, job: Job) -> Drawn:
        words, usual = words_for(job.language), next(iter(self._service.rules.types))
        html = job_card(words, job, usual, await self._service.queued(job))
        return html, buttons(words, job)

    async def _put(
        self, job: Job, name: str, target: Target, spot: Spot | None, drawn: Drawn
    ) -> None:
        """A first card may stand already, as an earlier process drew it before it ended."""
        if self._last.get((job.id, name)) == drawn:
            return
        target = replace(target, account=self._deliveries.of_job(job.id, name))
        try:
            if spot is None:
                message_id = await self._courier.send_html(target, *drawn)
                if job.version > 1 and message_id:
                    message_id = await self._courier.edit_html(target, message_id, *drawn)
            else:
                message_id = await self._courier.edit_html(target, spot.message_id, *drawn)
        except DeliveryError as error:
            log.info("jobs.card_undelivered", job=job.id, why=type(error).__name__)
            return
        self._last[job.id, name] = drawn
        if message_id and (spot is None or spot.message_id != message_id):
            await self._cards.spot(job.id, Spot(target.chat_id, message_id, target.topic_id), name)

    async def _parents_card(self, parent: JobId) -> Spot | None:
        try:
            return (await self._store.get(parent)).card
        except Refused:
            return None


def _under(spot: Spot) -> Target:
    return Target(spot.chat_id, spot.topic_id, reply_to=spot.message_id)
