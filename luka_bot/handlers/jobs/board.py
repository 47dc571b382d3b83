"""Jobs and their list, drawn for who looks at them."""

from aiogram.types import CallbackQuery, ForceReply, InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.jobs import card, taps
from luka_bot.handlers.jobs.desk import Client
from luka_bot.handlers.jobs.sending import JobSending
from luka_bot.locales import Words
from luka_bot.models.ids import JobId, MessageId
from luka_bot.models.job import Job, JobFile
from luka_bot.models.job_errors import FileGone
from luka_bot.services.jobs.job_service import JobService
from luka_bot.services.jobs.wishes import title_of

PAGE = 10
TITLE_SHOWN = 40  # characters of a title inside a button


class JobBoard:
    """types: how people see the types that there are, by name; the usual one first."""

    def __init__(
        self,
        courier: Courier,
        service: JobService,
        sending: JobSending,
        types: dict[str, str],
    ) -> None:
        self._courier = courier
        self._service = service
        self._sending = sending
        self._types = types

    async def explain(self, asker: Asker) -> None:
        """How a job is handed in."""
        words = asker.words
        parts = [words.html("jobs.how"), words.html("jobs.how.marks")]
        if len(self._types) > 1:
            names = ", ".join(_type(name, title) for name, title in self._types.items())
            usual = next(iter(self._types))
            parts.append(words.html("jobs.how.types", names=names, usual=usual))
        auto = self._service.rules.auto
        parts.append(words.html("jobs.how.auto" if auto else "jobs.how.manual"))
        await self._courier.send_html(asker.target, "\n\n".join(parts))

    async def show_list(
        self, client: Client, offset: int = 0, *, over: MessageId | None = None
    ) -> None:
        asker, words, offset = client.asker, client.asker.words, max(offset, 0)
        page = await self._service.own(client.viewer, offset, PAGE)
        if not page.total:
            await self._show(asker, words.html("jobs.none"), None, over)
            return
        html = words.count("jobs.list", page.total)
        await self._show(asker, html, _list(words, page.jobs, offset, page.total), over)

    async def turn_to(self, query: CallbackQuery, client: Client, offset: int) -> None:
        await self._courier.toast(query.id)
        await self.show_list(client, offset, over=client.asker.message_id)

    async def open(self, query: CallbackQuery, client: Client, job_id: JobId) -> None:
        """Over the message that was tapped."""
        job = await self._service.get(client.viewer, job_id)
        await self._courier.toast(query.id)
        await self._draw(client, job)

    async def fetch(self, query: CallbackQuery, client: Client, job_id: JobId, key: str) -> None:
        job = await self._service.get(client.viewer, job_id)
        file, asker = _file_of(job, key), client.asker
        await self._courier.toast(query.id)
        await self._sending.files(asker.replying, asker.words, job.folder, [file])

    async def ask_reply(self, query: CallbackQuery, client: Client, job_id: JobId) -> None:
        """The question leads to the job, too: what replies to it goes on with it."""
        job = await self._service.replied_to(client.viewer, job_id)
        await self._courier.toast(query.id)
        asker, words = client.asker, client.asker.words
        hint = ForceReply(input_field_placeholder=words("jobs.reply.placeholder"), selective=True)
        html = words.html("jobs.reply.ask", job_id=job.id)
        await self._sending.line(asker.replying, job.id, html, hint)

    async def cancel(self, query: CallbackQuery, client: Client, job_id: JobId) -> None:
        """The card changes by itself, whatever else was tapped is drawn anew."""
        job, _ = await self._service.cancel(client.viewer, job_id, query.id)
        asker = client.asker
        await self._courier.toast(query.id, asker.words("jobs.cancelled", job_id=job.id))
        if not _is_card(asker, job):
            await self._draw(client, job)

    async def ask_delete(self, query: CallbackQuery, client: Client, job_id: JobId) -> None:
        job, asker = await self._service.get(client.viewer, job_id), client.asker
        html = asker.words.html("jobs.delete.ask", job_id=job.id, title=title_of(job))
        await self._courier.toast(query.id)
        await self._show(asker, html, card.sure_to_delete(asker.words, job.id), asker.message_id)

    async def delete(self, query: CallbackQuery, client: Client, job_id: JobId) -> None:
        """Also from the card, where it isn't what was tapped."""
        job, asker = await self._service.remove(client.viewer, job_id), client.asker
        html = asker.words.html("jobs.deleted", job_id=job.id)
        await self._courier.toast(query.id)
        await self._show(asker, html, None, asker.message_id)
        if job.card is None or _is_card(asker, job):
            return
        target = Target(job.card.chat_id, job.card.topic_id)
        try:
            await self._courier.preview(target, job.card.message_id, html, None)
        except DeliveryError:
            return

    async def _draw(self, client: Client, job: Job) -> None:
        words, usual = client.asker.words, next(iter(self._types))
        html = card.job_card(words, job, usual, await self._service.queued(job))
        keyboard = card.buttons(words, job)
        if not _is_card(client.asker, job):
            thread = await self._service.thread(client.viewer, job.id)
            keyboard = card.buttons_listed(words, job, thread)
        await self._show(client.asker, html, keyboard, client.asker.message_id)

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


def _file_of(job: Job, key: str) -> JobFile:
    for file in (*job.files, *job.outputs):
        if taps.key_of(file.path) == key:
            return file
    raise FileGone(key)


def _list(words: Words, jobs: tuple[Job, ...], offset: int, total: int) -> InlineKeyboardMarkup:
    rows = [[card.button(_label(job), taps.JobShow(id=job.id))] for job in jobs]
    turning = []
    if offset > 0:
        newer = taps.JobsAt(offset=max(offset - PAGE, 0))
        turning.append(card.button(words("button.newer"), newer))
    if offset + PAGE < total:
        turning.append(card.button(words("button.older"), taps.JobsAt(offset=offset + PAGE)))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, turning] if turning else rows)


def _label(job: Job) -> str:
    title = title_of(job)
    shown = title if len(title) <= TITLE_SHOWN else title[: TITLE_SHOWN - 1] + "…"
    return f"{card.ICONS[job.state]} #{job.id} {shown}"


def _type(name: str, title: str) -> str:
    return f"#{name}" if title == name else f"#{name} ({title})"
