"""What was brought to a chat before a crash isn't said again by whoever goes on."""

import time
from collections.abc import AsyncGenerator

import pytest

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import LocalTelegram
from luka_bot.handlers.bridge.places import Place
from luka_bot.handlers.bridge.posting import Posting
from luka_bot.handlers.bridge.speaking import SpeakingAloud
from luka_bot.locales import words_for
from luka_bot.models.conversation import ChatMessage, Conversation, MessageType
from luka_bot.models.events import Delta, Finished, TurnEvent
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, UserId
from luka_bot.models.participant import ParticipantType
from luka_bot.models.thread import ThreadKind
from luka_bot.services.conversations.transport import Speaking
from luka_bot.storage.bridged import Bridged
from luka_bot.storage.chat.contract import ChatStorage
from luka_bot.storage.chat.memory import MemoryChatStorage
from luka_bot.storage.chat.shapes import Opening
from luka_bot.storage.client import Storage
from luka_bot.storage.threads import blank_thread
from tests.scenario.delivery.conftest import anna, bot, courier, telegram
from tests.scenario.delivery.writing import ANNA

__all__ = ["anna", "bot", "courier", "telegram"]

THREAD = blank_thread(UserId(9), "Trip", 0.0)
TRIP = Conversation(THREAD.thread_id, "Trip", UserId(9), ThreadKind.DM, "e1")
DM = Place(Target(ChatId(ANNA)), words_for("en"))


async def opened() -> ChatStorage:
    chat = MemoryChatStorage(time.time)
    await chat.open_conversation(Opening(THREAD, (), "e1"))
    return chat


def said(number: int, text: str) -> ChatMessage:
    boris, human = ParticipantId("tg:8"), ParticipantType.HUMAN
    key = TRIP.conversation_id
    return ChatMessage(f"w{number}", key, number, boris, "Boris", human, text, 0.0)


async def answering(text: str) -> AsyncGenerator[TurnEvent, None]:
    yield Delta(text)
    yield Finished()


@pytest.mark.usefixtures("anna")
async def test_messages_go_together_and_once(
    courier: Courier, telegram: LocalTelegram, storage: Storage
) -> None:
    chat = await opened()
    first, second = (Posting(courier, chat, Bridged(storage)) for _ in range(2))
    messages = [said(1, "Hi!"), said(2, "Who <i>comes</i>?")]
    await first.post(DM, TRIP, messages)

    await second.post(DM, TRIP, [*messages, said(3, "I do.")])

    assert telegram.said(ANNA) == [
        "Boris (web): Hi!\nBoris (web): Who <i>comes</i>?",
        "Boris (web): I do.",
    ]


@pytest.mark.usefixtures("anna")
async def test_an_answer_is_told_where_a_part_of_it_stands(
    courier: Courier, telegram: LocalTelegram, storage: Storage
) -> None:
    chat = await opened()
    first, second = (
        SpeakingAloud(courier, chat, Bridged(storage), time.monotonic, previews=True)
        for _ in range(2)
    )
    asked = said(1, "A colour?")
    speaking = Speaking(TRIP, AgentName("luka"), "luka", "a1.luka", asked)
    await first.speak(DM, speaking, answering("Re"))

    await second.tell(DM, TRIP, _answer("Red."))

    assert telegram.said(ANNA) == ["Red."]


def _answer(text: str) -> ChatMessage:
    luka, kind = ParticipantId("agent:luka"), MessageType.NLWEB_RESPONSE
    key = TRIP.conversation_id
    return ChatMessage(
        "a1.luka", key, 2, luka, "luka", ParticipantType.AGENT, text, 0.0, kind, reply_to=1
    )
