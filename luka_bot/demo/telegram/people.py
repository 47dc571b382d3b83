"""People who use the bot: what they write, tap, edit and block."""

from luka_bot.models.ids import ChatId, MessageId, UserId


class Person:
    """One of the people; made by `LocalTelegram.person`. `chat=None` is their chat with the bot."""

    def __init__(self, id: UserId) -> None:  # noqa: A002 - Telegram's word
        self.id = id

    async def writes(
        self, text: str, chat: int | None = None, reply_to: int | None = None
    ) -> MessageId:
        raise NotImplementedError

    async def taps(self, text: str, chat: int | None = None) -> str:
        """Press the button that equals or starts with `text`, on the newest message showing it.

        The query's id. LookupError, with all that is visible, if there is no such button.
        """
        raise NotImplementedError

    async def taps_data(self, message_id: int, data: str, chat: int | None = None) -> str:
        """Press a button that needn't be there: stale, or forged."""
        raise NotImplementedError

    async def edits(self, message_id: int, text: str, chat: int | None = None) -> None:
        raise NotImplementedError

    async def sends_sticker(self, emoji: str = "🙂", chat: int | None = None) -> MessageId:
        raise NotImplementedError

    async def sends_voice(self, seconds: int = 3, chat: int | None = None) -> MessageId:
        raise NotImplementedError

    async def sends_video(self, caption: str = "", chat: int | None = None) -> MessageId:
        raise NotImplementedError

    async def sends_location(self, chat: int | None = None) -> MessageId:
        raise NotImplementedError

    async def sends_contact(self, chat: int | None = None) -> MessageId:
        raise NotImplementedError

    async def sends_photo(
        self, content: bytes = b"", caption: str = "", chat: int | None = None
    ) -> MessageId:
        raise NotImplementedError

    async def sends_document(
        self, file_name: str, content: bytes, caption: str = "", chat: int | None = None
    ) -> MessageId:
        raise NotImplementedError

    async def blocks_bot(self) -> None:
        raise NotImplementedError

    async def unblocks_bot(self) -> None:
        raise NotImplementedError


class Group:
    """A supergroup; made by `LocalTelegram.group`."""

    def __init__(self, id: ChatId) -> None:  # noqa: A002 - Telegram's word
        self.id = id

    async def adds_bot(self, by: Person) -> None:
        raise NotImplementedError

    async def removes_bot(self, by: Person) -> None:
        raise NotImplementedError
