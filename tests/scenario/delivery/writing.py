"""An answer in the making: the test is the model, our own Telegram shows what a person sees."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from luka_bot.delivery.accounts import Receipt, Unkept
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.edit_surface import EditSurface
from luka_bot.delivery.present import Around, Presented, present
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import LocalTelegram, ShownMessage
from luka_bot.models.events import Cut, Delta, Finished, TurnEvent
from luka_bot.models.ids import ChatId, MessageId

ANNA = 7
DM = Target(ChatId(ANNA))


def button(text: str) -> InlineKeyboardMarkup:
    one = InlineKeyboardButton(text=text, callback_data=text.lower())
    return InlineKeyboardMarkup(inline_keyboard=[[one]])


AROUND = Around(
    lambda waiting: f"Place {waiting.position}." if waiting.position else "Your turn.",
    lambda told: "Stopped." if isinstance(told, Cut) else f"({told.kind.value})",
    lambda cut: button("Again") if cut is None else None,
)


class Model:
    """Says what the test puts in; an exception is raised where it stands."""

    def __init__(self) -> None:
        self._said: asyncio.Queue[TurnEvent | Exception | None] = asyncio.Queue()
        self.closed = False

    def say(self, *events: str | TurnEvent | Exception) -> None:
        for event in events:
            self._said.put_nowait(Delta(event) if isinstance(event, str) else event)

    def finish(self, *events: str | TurnEvent) -> None:
        self.say(*events, Finished())
        self.end()

    def end(self) -> None:
        self._said.put_nowait(None)

    async def events(self) -> AsyncGenerator[TurnEvent, None]:
        try:
            while (event := await self._said.get()) is not None:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.closed = True

    @property
    def heard_out(self) -> bool:
        return self._said.empty()


class Writing:
    """One answer: its model, its bookmarks and, at the end, what present returned."""

    def __init__(
        self,
        courier: Courier,
        target: Target = DM,
        shown: tuple[MessageId, ...] = (),
        earlier: str = "",
        thinking: str = "",
    ) -> None:
        self._around = replace(AROUND, earlier=earlier, thinking=thinking)
        self.model = Model()
        self.bookmarks: list[tuple[MessageId, ...]] = []
        self._known = shown
        self.presented: Presented | None = None
        stop = button("Stop")
        self.told: list[tuple[tuple[MessageId, ...], bool]] = []
        self.surface = EditSurface(courier, target, self, stop, shown)

    async def present(self, *, previews: bool = True) -> Presented:
        self.presented = await present(
            self.model.events(), self.surface, self._around, clock=time.monotonic, previews=previews
        )
        return self.presented

    def receipt(self) -> Receipt:
        return Unkept()

    async def check(self) -> None:
        """Nobody else writes here."""

    async def wrote(self, message_ids: Sequence[MessageId], *, last: bool) -> None:
        await asyncio.sleep(0)  # as a store would, so that a cancellation can hit
        self.told.append((tuple(message_ids), last))
        if tuple(message_ids) != self._known:
            self._known = tuple(message_ids)
            self.bookmarks.append(self._known)


@asynccontextmanager
async def writing(
    courier: Courier,
    target: Target = DM,
    shown: tuple[MessageId, ...] = (),
    earlier: str = "",
    *,
    previews: bool = True,
    thinking: str = "",
) -> AsyncIterator[Writing]:
    """Leaving waits for the answer's end, so finish the model before."""
    answer = Writing(courier, target, shown, earlier, thinking)
    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(answer.present(previews=previews))
        yield answer


async def wait_for_text(telegram: LocalTelegram, part: str, chat_id: int = ANNA) -> ShownMessage:
    """The newest message, once it holds this."""
    await telegram.wait_for(lambda: part in telegram.said(chat_id)[-1])
    return telegram.shown(chat_id)[-1]


async def wait_for_drawings(telegram: LocalTelegram, more_than: int) -> None:
    await telegram.wait_for(
        lambda: len(telegram.calls_of("sendMessage", "editMessageText")) > more_than
    )
