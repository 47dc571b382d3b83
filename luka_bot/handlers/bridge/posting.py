"""What others said, brought to a Telegram chat; and taken out of it."""

import asyncio
from dataclasses import replace

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.split import split
from luka_bot.delivery.target import Target
from luka_bot.handlers.bridge.lines import APART, first_letter, line, together
from luka_bot.handlers.bridge.places import Place
from luka_bot.models.conversation import ChatMessage, Conversation, MessageStatus, MessageType
from luka_bot.models.ids import ChatId, MessageId, ThreadId
from luka_bot.models.participant import Door
from luka_bot.storage.bridged import Bridged, Letter
from luka_bot.storage.chat.contract import ChatStorage


class Posting:
    def __init__(self, courier: Courier, storage: ChatStorage, bridged: Bridged) -> None:
        self._courier = courier
        self._storage = storage
        self._bridged = bridged

    async def post(
        self, place: Place, conversation: Conversation, messages: list[ChatMessage]
    ) -> None:
        """Several that are ready go together, as far as one message of Telegram's holds them."""
        words, chat_id = place.words, place.target.chat_id
        messages = [one for one in messages if _is_news(one, chat_id, conversation)]
        while messages:
            lines = [line(words, one, conversation) for one in messages]
            last = messages[first_letter(messages, lines) - 1].sequence_id
            first, key = messages[0].sequence_id, conversation.conversation_id
            letter = await self._bridged.letter(key, chat_id, first, last)
            together_now = [one for one in messages if one.sequence_id <= letter.until]
            await self._send(place, conversation, together_now, letter)
            messages = messages[len(together_now) :]

    async def erase(self, place: Place, conversation: Conversation, sequence_id: int) -> None:
        """Of several that stand together only its own words go."""
        key, target = conversation.conversation_id, place.target
        ids = await self._stands(key, sequence_id, target.chat_id)
        mates = await self._together_with(key, sequence_id, target.chat_id, ids)
        if not any(one.status is MessageStatus.STORED for one in mates):
            for message_id in ids:
                sentence = place.words.html("bridge.taken_back_alone")
                await self._courier.erase(target, message_id, sentence)
            return
        text = together([line(place.words, one, conversation) for one in mates])
        await self._courier.edit(target, ids[-1], text.under(place.head))

    async def _send(
        self,
        place: Place,
        conversation: Conversation,
        messages: list[ChatMessage],
        letter: Letter,
    ) -> None:
        text = together([line(place.words, one, conversation) for one in messages])
        target = await self._replying(place.target, conversation.conversation_id, messages[0])
        ids = await self._written(replace(target, account=letter), text.under(place.head))
        for one in messages:
            await self._storage.posted(
                conversation.conversation_id, one.sequence_id, target.chat_id, ids
            )

    async def _written(self, target: Target, text: Rendered) -> list[MessageId]:
        """In a group not before 20 a minute allow it: what is said meanwhile goes together."""
        if target.is_group:
            await asyncio.sleep(self._courier.pace(target.chat_id).rest())
        ids = []
        for part in (text,) if text.fits else split(text):
            ids.append(await self._courier.send(target, part))
            target = target.without_reply()
        return [one for one in ids if one]

    async def _replying(self, target: Target, key: ThreadId, message: ChatMessage) -> Target:
        if message.reply_to is None:
            return target
        ids = await self._stands(key, message.reply_to, target.chat_id)
        return replace(target, reply_to=ids[0]) if ids else target

    async def _stands(
        self, key: ThreadId, sequence_id: int, chat_id: ChatId
    ) -> tuple[MessageId, ...]:
        return (await self._storage.posts_of(key, sequence_id)).get(chat_id, ())

    async def _together_with(
        self, key: ThreadId, sequence_id: int, chat_id: ChatId, ids: tuple[MessageId, ...]
    ) -> list[ChatMessage]:
        """All that stand in the same message, in order, redacted ones as well."""
        first = max(sequence_id - APART, 0)
        page = await self._storage.get_conversation_messages(key, first, 2 * APART)
        if page.reset or not ids:
            return []
        return [
            one for one in page.messages if await self._stands(key, one.sequence_id, chat_id) == ids
        ]


def _is_news(message: ChatMessage, chat_id: ChatId, conversation: Conversation) -> bool:
    """Who takes part by writing in the group needn't be announced there."""
    if message.message_type is not MessageType.SYSTEM or chat_id != conversation.chat_id:
        return True
    return f'"{Door.GROUP.value}"' not in message.content
