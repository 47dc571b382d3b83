"""Where people see who else is in a thread, and leave it or close it."""

from aiogram.types import InlineKeyboardButton, Message, WebAppInfo

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import sharing_card
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.chat_page import ChatPage
from luka_bot.handlers.herald import Herald
from luka_bot.handlers.sharing_taps import ShareRevoke
from luka_bot.models.conversation import ConversationInvite
from luka_bot.models.ids import MessageId, ThreadId, UserId
from luka_bot.services.conversations.saying import Speaker
from luka_bot.services.sharing import Company, Sharing
from luka_bot.services.thread_service import ThreadService


def speaker(asker: Asker) -> Speaker:
    """In a group it is the group, for which its administrators decide."""
    return Speaker(asker.owner, asker.name)


async def thread_here(
    message: Message, asker: Asker, threads: ThreadService, sharing: Sharing
) -> ThreadId:
    """What is said in this chat."""
    place = asker.target
    if place.is_group:
        return await sharing.in_group(place.chat_id, place.topic_id, message.chat.title or "")
    return (await threads.get_active_thread(asker.owner)).thread_id


class SharingDesk:
    def __init__(self, courier: Courier, sharing: Sharing, page: ChatPage, herald: Herald) -> None:
        self._courier = courier
        self._sharing = sharing
        self._page = page
        self._herald = herald

    async def card(
        self, asker: Asker, thread_id: ThreadId, *, over: MessageId | None = None
    ) -> Company:
        company = await self._sharing.look(asker.owner, thread_id)
        words, page = asker.words, self._page
        written = "" if page.opens_in_telegram else page.of(thread_id)
        html = sharing_card.text(words, company, written)
        keyboard = sharing_card.keyboard(words, company, asker.owner, self._web(asker, thread_id))
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)
        return company

    async def make(
        self, asker: Asker, thread_id: ThreadId, uses: int, days: int
    ) -> tuple[str, ConversationInvite, str]:
        """A link's token, its invite and the thread's name; the card lists it."""
        token, invite = await self._sharing.share(speaker(asker), thread_id, uses, days)
        company = await self.card(asker, thread_id, over=asker.message_id)
        return token, invite, company.thread.name

    async def revoke(self, asker: Asker, tapped: ShareRevoke) -> bool:
        """The card shows which links are left; the message with the link loses it. False if it was
        gone."""
        gone = await self._sharing.revoke(asker.owner, tapped.id, tapped.key)
        if tapped.listed:
            await self.card(asker, tapped.id, over=asker.message_id)
        else:
            html = asker.words.html("sharing.link_gone")
            await self._courier.edit_html(asker.target, asker.message_id, html)
        return gone

    async def ask_leave(
        self, asker: Asker, thread_id: ThreadId, *, over: MessageId | None = None
    ) -> None:
        """Whose own thread it is can only delete it."""
        company = await self._sharing.look(asker.owner, thread_id)
        words, name = asker.words, company.thread.name
        if company.thread.user_id == asker.owner:
            html, keyboard = words.html("leave.own", name=name), None
        else:
            html = words.html("leave.ask", name=name)
            keyboard = sharing_card.ask_leave(words, thread_id)
        if over is None:
            await self._courier.send_html(asker.target, html, keyboard)
        else:
            await self._courier.edit_html(asker.target, over, html, keyboard)

    async def tell_removed(self, asker: Asker, name: str, who: UserId) -> None:
        await self._herald.removed(name, who, asker.target.account)

    def _web(self, asker: Asker, thread_id: ThreadId) -> InlineKeyboardButton | None:
        """As a Mini App where Telegram has such buttons: in private."""
        if not self._page.opens_in_telegram:
            return None
        label, url = asker.words("button.sharing.web"), self._page.of(thread_id)
        if asker.target.is_group:
            return InlineKeyboardButton(text=label, url=url)
        return InlineKeyboardButton(text=label, web_app=WebAppInfo(url=url))
