"""Which Telegram messages an answer wrote to, so that a second run edits instead of repeating."""

import json
from collections.abc import Sequence

from luka_bot.models.ids import ChatId, MessageId, ThreadId, TurnId
from luka_bot.storage import keys
from luka_bot.storage.client import Storage
from luka_bot.storage.scripts import Script

_SAVE = Script.load("save_bookmark", repeatable=True)


class Bookmarks:
    """Read back by opening the turn (`Turn.shown`)."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def save(
        self,
        turn_id: TurnId,
        message_ids: Sequence[MessageId],
        *,
        thread_id: ThreadId | None = None,
        chat_id: ChatId | None = None,
    ) -> None:
        """All of the turn's messages in order, for 48 hours.

        With thread_id and chat_id the last of them is also the thread's last message there.
        """
        last = message_ids[-1] if message_ids and chat_id is not None else ""
        args = [json.dumps(list(message_ids)), chat_id or "", last]
        names = [keys.bookmark(turn_id), *([keys.thread(thread_id)] if thread_id else [])]
        # lost in a failover, the message would be sent a second time
        await self._storage.run(_SAVE, names, args, replicated=True)
