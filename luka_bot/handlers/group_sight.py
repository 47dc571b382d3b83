"""Whether luka hears all that is said in a group, and what it says when it comes into one."""

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError
from aiogram.types import ChatMemberUpdated

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.target import Target
from luka_bot.handlers import keyboards
from luka_bot.handlers.languages import Languages
from luka_bot.locales import Words
from luka_bot.models.ids import ChatId
from luka_bot.services.admin_group import AdminGroup
from luka_bot.storage.deliveries import Replies

ASK_SECONDS = 5
HERE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED}

log = structlog.get_logger(__name__)


class GroupSight:
    def __init__(
        self, bot: Bot, courier: Courier, languages: Languages, admin_group: AdminGroup
    ) -> None:
        self._bot = bot
        self._courier = courier
        self._languages = languages
        self._admin_group = admin_group

    async def sees_all(self, chat_id: ChatId) -> bool | None:
        """None where Telegram doesn't say. Its answer is news each time: who looks after the bot
        may have changed it a moment ago."""
        try:
            me = await self._bot.get_me(request_timeout=ASK_SECONDS)
            if me.can_read_all_group_messages:
                return True
            own = await self._bot.get_chat_member(chat_id, me.id, request_timeout=ASK_SECONDS)
        except (TimeoutError, AiogramError, UnicodeDecodeError) as error:
            log.info("group.sight_unknown", error=type(error).__name__)
            return None
        return own.status == ChatMemberStatus.ADMINISTRATOR

    async def hello(self, chat_id: ChatId, words: Words) -> str:
        """With how to let luka hear everything, where it doesn't."""
        text = words.html("start.group", mention=f"@{(await self._bot.me()).username}")
        deaf = await self.sees_all(chat_id) is False
        return f"{text}\n\n{words.html('group.deaf')}" if deaf else text

    async def greet(self, event: ChatMemberUpdated, replies: Replies) -> None:
        """Whoever has just taken luka in; not when it is made an administrator, or the like."""
        before, now = event.old_chat_member.status, event.new_chat_member.status
        chat_id = ChatId(event.chat.id)
        if before in HERE or now not in HERE or self._admin_group.is_here(chat_id):
            return
        words = self._languages.of(event.from_user.id, event.from_user.language_code)
        target = Target(chat_id, account=replies)
        text = await self.hello(chat_id, words)
        try:
            await self._courier.send_html(target, text, keyboards.welcome(words))
        except DeliveryError as error:  # it may be taken out again, or not be let speak
            log.info("group.not_greeted", error=type(error).__name__)
