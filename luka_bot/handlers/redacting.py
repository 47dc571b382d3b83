"""/redact: what a message says is forgotten, and what luka answered to it."""

from contextlib import suppress
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import DeliveryError
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.conversation import Posted
from luka_bot.models.ids import MessageId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.taking_back import TakingBack
from luka_bot.services.redaction import Pointed, Redaction
from luka_bot.storage.redactions import TakenOut


def routes() -> Router:
    router = Router(name="redacting")
    action = does(Action.REDACT)
    router.message.register(redact_said, Command("redact"), in_conversation, flags=action)
    router.message.register(redact, Command("redact"), flags=does(Action.REDACT))
    return router


async def in_conversation(
    message: Message, asker: Asker, conversations: ConversationService
) -> bool | dict[str, Any]:
    """A filter, for a reply to what was said in a conversation; gives `posted`."""
    replied = message.reply_to_message
    if replied is None:
        return False
    at = MessageId(replied.message_id)
    posted = await conversations.posted_at(asker.target.chat_id, at)
    return False if posted is None else {"posted": posted}


async def redact_said(
    _: Message,
    posted: Posted,
    asker: Asker,
    person: Person,
    taking_back: TakingBack,
    screen: Screen,
) -> None:
    await taking_back.redact(posted, asker.target.chat_id, person)
    await screen.show(asker, asker.words.html("redact.conversation"))


async def redact(
    message: Message,
    asker: Asker,
    person: Person,
    redaction: Redaction,
    screen: Screen,
    courier: Courier,
) -> None:
    pointed = _pointed(message, asker)
    if pointed is None:
        await screen.show(asker, asker.words.html("redact.usage"))
        return
    taken = await redaction.redact(pointed, person)
    if taken is not None:
        await _take_down(asker, taken, courier)
    await screen.show(asker, asker.words.html(_outcome(taken)))


def _pointed(message: Message, asker: Asker) -> Pointed | None:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None:
        return None
    return Pointed(
        owner=asker.owner,
        chat_id=asker.target.chat_id,
        message_id=MessageId(replied.message_id),
        by_luka=replied.from_user.is_bot,
        text=replied.text or "",
        at=replied.date.timestamp(),
    )


async def _take_down(asker: Asker, taken: TakenOut, courier: Courier) -> None:
    """The first message of the answer says what became of it, the others go."""
    if not taken.shown:
        return
    first, *others = taken.shown
    with suppress(DeliveryError):
        await courier.edit_html(asker.target, first, asker.words.html("redact.stands"))
    await courier.delete(asker.target.chat_id, tuple(others))


def _outcome(taken: TakenOut | None) -> str:
    if taken is None:
        return "redact.unknown"
    if not taken.shown:
        return "redact.kept_in_chat"
    return "redact.with_summary" if taken.with_summary else "redact.done"
