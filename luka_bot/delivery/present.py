"""Shows an answer while it is written; generation and drawing never wait for each other."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardMarkup

from luka_bot.delivery.drawer import Drawer
from luka_bot.delivery.half_open import whole
from luka_bot.delivery.rendered import NOTHING, Rendered
from luka_bot.delivery.surface import Surface
from luka_bot.delivery.thoughts import Thoughts
from luka_bot.models.clock import Clock
from luka_bot.models.events import (
    Cut,
    Delta,
    Finished,
    Notice,
    Thinking,
    TurnEvent,
    Usage,
    Waiting,
)
from luka_bot.models.ids import MessageId


@dataclass(frozen=True, slots=True)
class Around:
    """The words and buttons before and after an answer.

    place: Markdown for who waits in the line. footnote: plain text, "" for nothing to say.
    earlier: Markdown of the answer that stands there, and stays if not a word is said anew.
    thinking: the line above what the model thinks, "" to show nothing of it.
    """

    place: Callable[[Waiting], str]
    footnote: Callable[[Notice | Cut], str]
    keyboard: Callable[[Cut | None], InlineKeyboardMarkup | None]
    earlier: str = ""
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class Presented:
    text: str
    cut: Cut | None
    notices: tuple[Notice, ...]
    usage: Usage
    message_ids: tuple[MessageId, ...]
    first_shown_at: float = 0.0  # by the clock given


async def present(
    events: AsyncGenerator[TurnEvent, None],
    surface: Surface,
    around: Around,
    *,
    clock: Clock,
    previews: bool = True,
) -> Presented:
    """Takes and closes events. previews False shows only the place in the line and that luka is
    writing, then the answer.

    What events raise comes through bare (typing has stopped by then), as does DeliveryError.
    An answer without a word and without a footnote leaves the messages as they are.
    The answer is settled at Finished or Cut; what events still do after that is awaited too.
    """
    notices: list[Notice] = []
    presented = None
    drawing = Drawer(surface, clock, Thoughts(around.thinking), previews=previews)
    async with aclosing(events), drawing as drawer:
        async for event in events:
            match event:
                case Delta(text):
                    drawer.grow(text)
                case Waiting(position):
                    drawer.wait(around.place(event), waits=position > 0)
                case Notice():
                    notices.append(event)
                case Finished() | Cut():
                    await drawer.finish()
                    draft = _ended(drawer.text, event, tuple(notices))
                    settled = await _settled(draft, surface, around, drawer.folded)
                    shown_at = drawer.first_shown_at or clock()
                    presented = replace(settled, first_shown_at=shown_at)
                case Thinking(text):
                    if around.thinking:
                        drawer.think(text)
    if presented is None:
        raise RuntimeError("the events ended without Finished or Cut")
    return presented


def _ended(text: str, event: Finished | Cut, notices: tuple[Notice, ...]) -> Presented:
    match event:
        case Finished(usage):
            return Presented(text, None, notices, usage, ())
        case Cut():
            return Presented(text, event, notices, Usage(), ())


async def _settled(
    draft: Presented, surface: Surface, around: Around, thoughts: Rendered
) -> Presented:
    """thoughts stand above what they led to, and not above an earlier answer."""
    told: list[Notice | Cut] = [*draft.notices]
    if draft.cut is not None:
        told.append(draft.cut)
    notes = (around.footnote(each) for each in told)
    shown = whole(draft.text) if draft.cut is not None else draft.text
    if not shown.strip() and around.earlier:
        shown, thoughts = around.earlier, NOTHING
    footnote = "\n".join(note for note in notes if note)
    ids = await surface.settle(shown, footnote, around.keyboard(draft.cut), thoughts)
    return replace(draft, message_ids=ids)
