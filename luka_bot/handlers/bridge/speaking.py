"""An agent's answer in a Telegram chat, while it grows and when it ends."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import structlog
from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.edit_surface import EditSurface
from luka_bot.delivery.present import Around, present
from luka_bot.delivery.rendered import NOTHING, Rendered
from luka_bot.handlers.bridge import buttons
from luka_bot.handlers.bridge.lines import title
from luka_bot.handlers.bridge.places import Place
from luka_bot.locales import Words
from luka_bot.locales.failures import failure, footnote
from luka_bot.locales.places import place as place_in_line
from luka_bot.models.clock import Clock
from luka_bot.models.conversation_errors import AgentTimeout
from luka_bot.models.errors import LukaError, ModelError
from luka_bot.models.events import Cut, TurnEvent
from luka_bot.models.ids import MessageId
from luka_bot.services.conversations.transport import Speaking
from luka_bot.storage.bridged import Answered, Bridged
from luka_bot.storage.chat.contract import ChatStorage

JUST_STORED = 50  # messages among which an answer is found that was stored a moment ago

log = structlog.get_logger(__name__)


class Headed:
    """A Surface on which something stands above the answer."""

    def __init__(self, surface: EditSurface, head: Rendered) -> None:
        self._surface = surface
        self._head = head
        self.rest = surface.rest
        self.ample = surface.ample
        self.typing = surface.typing

    async def preview(self, markdown: str, above: Rendered = NOTHING) -> bool:
        return await self._surface.preview(markdown, above.under(self._head))

    async def settle(
        self,
        markdown: str,
        footnote: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
        above: Rendered = NOTHING,
    ) -> tuple[MessageId, ...]:
        return await self._surface.settle(markdown, footnote, keyboard, above.under(self._head))


class SpeakingAloud:
    """clock is monotonic; previews False shows an answer only when it is whole."""

    def __init__(
        self,
        courier: Courier,
        storage: ChatStorage,
        bridged: Bridged,
        clock: Clock,
        *,
        previews: bool,
    ) -> None:
        self._courier = courier
        self._storage = storage
        self._bridged = bridged
        self._clock = clock
        self._previews = previews

    async def speak(
        self, place: Place, speaking: Speaking, events: AsyncGenerator[TurnEvent, None]
    ) -> None:
        surface = await self._surface(place, speaking, await self._answered(place, speaking))
        head = title(speaking.title, speaking.conversation).under(place.head)
        shown = await present(
            events,
            Headed(surface, head),
            _around(place, speaking),
            clock=self._clock,
            previews=self._previews,
        )
        await self._stored(place, speaking, shown.message_ids)

    async def withdraw(self, place: Place, speaking: Speaking) -> None:
        answered = await self._answered(place, speaking)
        if answered.shown and await self._courier.withdraw(place.target, answered.shown):
            await answered.delivery.wrote((), last=False)

    async def fail(self, place: Place, speaking: Speaking, error: LukaError) -> None:
        """In place of what there was of the answer, if there was any."""
        surface = await self._surface(place, speaking, await self._answered(place, speaking))
        retry = buttons.retry(place.words, speaking)
        await surface.settle("", _sentence(place.words, speaking, error), retry)

    async def _answered(self, place: Place, speaking: Speaking) -> Answered:
        key = speaking.conversation.conversation_id
        return await self._bridged.answer(key, place.target.chat_id, speaking.message_id)

    async def _surface(self, place: Place, speaking: Speaking, answered: Answered) -> EditSurface:
        """A reply to what was asked, if that stands in this chat."""
        key, chat_id = speaking.conversation.conversation_id, place.target.chat_id
        asked = await self._storage.posts_of(key, speaking.asked.sequence_id)
        reply_to = next(iter(asked.get(chat_id, ())), None)
        target = replace(place.target, reply_to=reply_to)
        stop = buttons.stop(place.words, speaking)
        return EditSurface(self._courier, target, answered.delivery, stop, answered.shown)

    async def _stored(self, place: Place, speaking: Speaking, ids: tuple[MessageId, ...]) -> None:
        """The answer was stored before its last event was told."""
        key = speaking.conversation.conversation_id
        page = await self._storage.last_messages(key, JUST_STORED)
        for message in page.messages:
            if message.message_id == speaking.message_id:
                await self._storage.posted(key, message.sequence_id, place.target.chat_id, ids)
                return
        log.warning("bridge.answer_not_found", conversation_id=key)


def _around(place: Place, speaking: Speaking) -> Around:
    words = place.words

    def keyboard(cut: Cut | None) -> InlineKeyboardMarkup | None:
        return None if cut is None else buttons.retry(words, speaking)

    return Around(
        lambda event: place_in_line(words, event),
        lambda event: footnote(words, event),
        keyboard,
        thinking=words("answer.thinking") if place.thinking else "",
    )


def _sentence(words: Words, speaking: Speaking, error: LukaError) -> str:
    match error:
        case AgentTimeout(seconds=seconds):
            return words.count("bridge.timeout", max(1, round(seconds)), title=speaking.title)
        case ModelError():
            return failure(words, error)
        case _:
            return words("broke")
