"""Jobs and their list, drawn for who looks at them."""

from dataclasses import replace

from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.jobs import card, taps
from luka_bot.handlers.jobs.sending import JobSending
from luka_bot.locales import Words
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.job import Job, JobFile, Spot, Viewer
from luka_bot.models.job_errors import FileGone
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import title_of
from luka_bot.storage.job_cards import JobCards

PAGE = 10
TITLE_SHOWN = 40  # characters of a title inside a button


class JobBoard:
    """types: how people see the types that there are, by name; the usual one first."""

    def __init__(
        self,
        courier: Courier,
        service: JobService,
        cards: JobCards,
        sending: JobSending,
        types: dict[str, str],
    ) -> None:
        self._courier = courier
        self._service = service
        self._cards = cards
        self._sending = sending
        self._types = types

    async def explain(self, asker: Asker) -> None:
        """How a job is handed in."""
        words = asker.words
        parts = [words.html("jobs.how"), words.html("jobs.how.marks")]
        if len(self._types) > 1:
            named = ", ".join(
                f"#{name}" if title == name else f"#{name} ({title})"
                for name, title in self._types.items()
            )
            parts.append(words.html("jobs.how.types", names=named, usual=next(iter(self._types))))
        auto = self._service.rules.auto
        parts.append(words.html("jobs.how.auto" if auto else "jobs.how.manual"))
        await self._courier.send_html(asker.target, "\n\n".join(parts))

    async def leads(self, job_id: JobId, target: Target, message_id: MessageId) -> None:
        """From now on this message does to the job."""
        spot = Spot(target.chat_id, message_id, target.topic_id)
        await self._cards.spot(job_id, spot)

    async def show_list(
        self, asker: Asker, viewer: Viewer, offset: int, *, over: MessageId | None = None
    ) -> None:
        words, page = asker.words, await self._service.own(viewer, max(offset, 0), PAGE)
        if not page.total:
            await self._show(asker, words.html("jobs.none"), None, over)
            return
        html = words.count("jobs.list", page.total)
        await self._show(asker, html, _list(words, page.jobs, offset, page.total), over)

    async def show(self, asker: Asker, viewer: Viewer, job: Job) -> None:
        """Over the message that was tapped."""
        words = asker.words
        html = card.job_card(words, job, next(iter(self._types)), await self._service.queued(job))
        if _is_card(asker, job):
            await self._show(asker, html, card.buttons(words, job), asker.message_id)
            return
        thread = await self._service.thread(viewer, job.id)
        keyboard = card.buttons_listed(words, job, thread)
        await self._show(asker, html, keyboard, asker.message_id)

    async def redraw(self, asker: Asker, viewer: Viewer, job: Job) -> None:
        """What was tapped, unless it is the card, which changes by itself."""
        if not _is_card(asker, job):
            await self.show(asker, viewer, job)

    def file_of(self, job: Job, key: str) -> JobFile:
        """Raises FileGone."""
        for file in (*job.files, *job.outputs):
            if taps.key_of(file.path) == key:
                return file
        raise FileGone(key)

    async def send(self, asker: Asker, folder: str, file: JobFile) -> None:
        await self._sending.files(asker.replying, asker.words, folder, [file])

    async def ask_delete(self, query: CallbackQuery, asker: Asker, job: Job) -> None:
        html = asker.words.html("jobs.delete.ask", job_id=job.id, title=title_of(job))
        await self._courier.toast(query.id)
        await self._show(asker, html, card.sure_to_delete(asker.words, job.id), asker.message_id)

    async def deleted(self, query: CallbackQuery, asker: Asker, job: Job) -> None:
        """Also on the card, where it isn't what was tapped."""
        html = asker.words.html("jobs.deleted", job_id=job.id)
        await self._courier.toast(query.id)
        await self._show(asker, html, None, asker.message_id)
        if job.card is not None and not _is_card(asker, job):
            target = replace(asker.target, chat_id=job.card.chat_id, topic_id=job.card.topic_id)
            await self._courier.preview(target, job.card.message_id, html, None)

    async def _show(
        self,
        asker: Asker,
        html: str,
        keyboard: InlineKeyboardMarkup | None,
        over: MessageId | None,
    ) -> None:
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)


def _is_card(asker: Asker, job: Job) -> bool:
    shown = (asker.target.chat_id, asker.message_id)
    return job.card is not None and (job.card.chat_id, job.card.message_id) == shown


def _list(words: Words, jobs: tuple[Job, ...], offset: int, total: int) -> InlineKeyboardMarkup:
    rows = [[card.button(_label(job), taps.JobShow(id=job.id))] for job in jobs]
    turning = []
    if offset > 0:
        turning.append(
            card.button(words("button.newer"), taps.JobsAt(offset=max(offset - PAGE, 0)))
        )
    if offset + PAGE < total:
        turning.append(card.button(words("button.older"), taps.JobsAt(offset=offset + PAGE)))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, turning] if turning else rows)


def _label(job: Job) -> str:
    title = title_of(job)
    shown = title if len(title) <= TITLE_SHOWN else title[: TITLE_SHOWN - 1] + "…"
    return f"{card.ICONS[job.state]} #{job.id} {shown}"
