"""Our cards: drawn over the message that was tapped, or as a new one."""

from dataclasses import replace

from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import cards, keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.models.ids import MessageId, ThreadId
from luka_bot.models.message import Message as Said
from luka_bot.models.thread import Thread, ThreadPage
from luka_bot.services.default_model import DefaultModel
from luka_bot.services.sharing import Sharing
from luka_bot.services.thread_service import ThreadService


class Screen:
    """default_model says what threads without a model of their own are answered by."""

    def __init__(
        self,
        courier: Courier,
        threads: ThreadService,
        default_model: DefaultModel,
        sharing: Sharing,
    ) -> None:
        self._courier = courier
        self._threads = threads
        self._default_model = default_model
        self._sharing = sharing

    async def threads(
        self, asker: Asker, *, over: MessageId | None = None, offset: int = 0
    ) -> None:
        page = await self._threads.list_threads(asker.owner, offset=offset)
        active, people = await self._active(asker, page), await self._sharing.people_in(asker.owner)
        keyboard = keyboards.thread_list(asker.words, page, active, people)
        await self.show(asker, cards.thread_list(asker, page), keyboard, over=over)

    async def mark_active(self, query: CallbackQuery, asker: Asker, thread: Thread) -> None:
        """In what was tapped. A list keeps its order: under a finger that taps once more there is
        still the same button."""
        tapped = query.message
        if not isinstance(tapped, Message) or tapped.reply_markup is None:
            await self.threads(asker, over=asker.message_id)
        elif keyboards.is_thread_list(tapped.reply_markup):
            keyboard = keyboards.marked(asker.words, tapped.reply_markup, thread)
            await self.show(asker, tapped.html_text, keyboard, over=asker.message_id)
        else:
            await self.card(asker, thread.thread_id, over=asker.message_id)

    async def card(
        self, asker: Asker, thread_id: ThreadId, *, over: MessageId | None = None
    ) -> None:
        words, company = asker.words, await self._sharing.look(asker.owner, thread_id)
        thread = company.thread
        remembered = len(await self._threads.history(asker.owner, thread_id))
        text = cards.control_card(words, thread, remembered, self._default_model.name)
        text += cards.company(words, company)
        owns = thread.user_id == asker.owner
        keyboard = (keyboards.thread_card if owns else keyboards.others_card)(words, thread)
        await self.show(asker, text, keyboard, over=over)

    async def divider(self, asker: Asker, thread: Thread) -> None:
        """Stands between two threads: a reply to the last message of the one that begins here.

        Where there is none to reply to, it tells what was said last.
        """
        text = cards.switched(asker, thread, await self._said_last(asker, thread))
        target = replace(asker.target, reply_to=thread.last_message_id)
        await self._courier.send_html(target, text, keyboards.manage(asker.words, thread))

    async def turn_into(
        self,
        query: CallbackQuery,
        asker: Asker,
        html: str,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Answer a tap by making its message this one."""
        await self._courier.toast(query.id)
        await self.show(asker, html, keyboard, over=asker.message_id)

    async def show(
        self,
        asker: Asker,
        html: str,
        keyboard: InlineKeyboardMarkup | None = None,
        *,
        over: MessageId | None = None,
    ) -> None:
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)

    async def _active(self, asker: Asker, page: ThreadPage) -> Thread | None:
        """From the page, or asked for when it is on another one."""
        for thread in page.threads:
            if thread.thread_id == page.active_id:
                return thread
        if page.active_id is None:
            return None
        return await self._threads.get_thread(asker.owner, page.active_id)

    async def _said_last(self, asker: Asker, thread: Thread) -> Said | None:
        if thread.last_message_id is not None:
            return None
        said = await self._threads.history(asker.owner, thread.thread_id, limit=1)
        return said[-1] if said else None
