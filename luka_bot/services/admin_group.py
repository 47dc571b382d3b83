"""The private group of those who look after luka, wherever it has moved to."""

from luka_bot.models.ids import ChatId
from luka_bot.storage.moved_chats import MovedChats


class AdminGroup:
    """configured: ADMIN_CHAT_ID; a group that becomes a supergroup gets another number."""

    def __init__(self, configured: ChatId | None, moved: MovedChats) -> None:
        self._configured = configured
        self._moved = moved
        self.chat_id = configured

    def is_here(self, chat_id: int) -> bool:
        return self.chat_id is not None and chat_id == self.chat_id

    async def look(self) -> None:
        """Where it is by now. Raises StorageAway."""
        if self._configured is not None:
            self.chat_id = await self._moved.now(self._configured)
