"""The Transport: a conversation's hand in Telegram."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from itertools import groupby

import structlog

from luka_bot.delivery.failures import DeliveryError, PersonAway, TakenOver, TopicGone
from luka_bot.handlers.bridge.lines import is_answer
from luka_bot.handlers.bridge.places import Places
from luka_bot.handlers.bridge.posting import Posting
from luka_bot.handlers.bridge.speaking import SpeakingAloud
from luka_bot.handlers.herald import Herald
from luka_bot.models.conversation import ChatMessage, Conversation
from luka_bot.models.conversation_errors import PlaceGone
from luka_bot.models.errors import LukaError, ReplicaLost, ThreadGone
from luka_bot.models.events import TurnEvent
from luka_bot.models.farewell import Farewell
from luka_bot.models.ids import ChatId
from luka_bot.services.conversations.transport import Speaking

log = structlog.get_logger(__name__)


class TelegramBridge:
    def __init__(
        self, places: Places, posting: Posting, aloud: SpeakingAloud, herald: Herald
    ) -> None:
        self.places = places
        self._herald = herald
        self._posting = posting
        self._aloud = aloud

    async def post(
        self, chat_id: ChatId, conversation: Conversation, messages: Sequence[ChatMessage]
    ) -> None:
        with _settled(chat_id):
            place = await self.places.of(chat_id, conversation)
            for answers, some in groupby(messages, is_answer):
                if not answers:
                    await self._posting.post(place, conversation, list(some))
                    continue
                for message in some:
                    await self._aloud.tell(place, conversation, message)

    async def speak(
        self, chat_id: ChatId, speaking: Speaking, events: AsyncGenerator[TurnEvent, None]
    ) -> None:
        async with aclosing(events):
            with _settled(chat_id):
                place = await self.places.of(chat_id, speaking.conversation)
                await self._aloud.speak(place, speaking, events)

    async def withdraw(self, chat_id: ChatId, speaking: Speaking) -> None:
        with _settled(chat_id):
            place = await self.places.of(chat_id, speaking.conversation)
            await self._aloud.withdraw(place, speaking)

    async def fail(
        self,
        chat_id: ChatId,
        speaking: Speaking,
        error: LukaError,
        *,
        shown: bool,  # noqa: ARG002 - what is shown is known from storage
    ) -> None:
        with _settled(chat_id):
            place = await self.places.of(chat_id, speaking.conversation)
            await self._aloud.fail(place, speaking, error)

    async def erase(self, chat_id: ChatId, conversation: Conversation, sequence_id: int) -> None:
        with _settled(chat_id):
            place = await self.places.of(chat_id, conversation)
            await self._posting.erase(place, conversation, sequence_id)

    async def farewell(self, farewell: Farewell) -> None:
        await self._herald.farewell(farewell)


@contextmanager
def _settled(chat_id: ChatId) -> Iterator[None]:
    """What Telegram refuses of one message doesn't hold up those behind it."""
    try:
        yield
    except PersonAway as gone:
        raise PlaceGone(chat_id, for_good=not gone.muted) from gone
    except TopicGone as gone:
        raise PlaceGone(chat_id, for_good=False, topic=True) from gone
    except TakenOver as error:
        raise ReplicaLost from error
    except ThreadGone:
        log.info("bridge.conversation_gone", chat_id=chat_id)
    except DeliveryError as error:
        log.warning("bridge.undelivered", error=type(error).__name__)
