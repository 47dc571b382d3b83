"""Shows an answer while it is written; generation and drawing never wait for each other."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.surface import Surface
from luka_bot.models.clock import Clock
from luka_bot.models.events import Cut, Notice, TurnEvent, Usage
from luka_bot.models.ids import MessageId


@dataclass(frozen=True, slots=True)
class Ending:
    """The words and buttons of an answer's end; plain text, "" for nothing to say."""

    footnote: Callable[[Notice | Cut], str]
    keyboard: Callable[[Cut | None], InlineKeyboardMarkup | None]


@dataclass(frozen=True, slots=True)
class Presented:
    text: str
    cut: Cut | None
    notices: tuple[Notice, ...]
    usage: Usage
    message_ids: tuple[MessageId, ...]


async def present(
    events: AsyncGenerator[TurnEvent, None],
    surface: Surface,
    ending: Ending,
    *,
    clock: Clock,
    previews: bool = True,
) -> Presented:
    """Takes and closes events. previews False shows only that luka is writing, then the answer.

    What events raise comes through bare (typing has stopped by then), as does DeliveryError.
    An answer without a word and without a footnote leaves the messages as they are.
    """
    raise NotImplementedError
