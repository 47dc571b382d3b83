"""Draws the newest text whenever the surface is ready; whatever was slower is never drawn."""

import asyncio
from types import TracebackType
from typing import Self

from luka_bot.background import Background
from luka_bot.delivery.failures import DeliveryError
from luka_bot.delivery.pace import FIRST_TEXT_AFTER, worth_showing
from luka_bot.delivery.place_sign import PlaceSign
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.surface import Surface
from luka_bot.delivery.thoughts import Thoughts
from luka_bot.delivery.wire import LAST_CALL
from luka_bot.models.clock import Clock

TYPING_AFTER = 0.3  # s; an answer that is quicker needs no indicator
TYPING_EVERY = 4.0  # s; Telegram shows it for 5
NOT_SPARED = 1.0  # s until the next look whether the bot can spare a call


class Drawer:
    """clock is monotonic. Leaving the context lets a call in flight end; for LAST_CALL at most if
    we are cancelled.

    previews False shows none of the text, only the place in the line before it. thoughts are
    folded as soon as there is text, and don't change any more.
    """

    def __init__(
        self, surface: Surface, clock: Clock, thoughts: Thoughts, *, previews: bool
    ) -> None:
        self._surface = surface
        self._clock = clock
        self._thoughts = thoughts
        self._previews = previews
        self._background = Background()
        self._typing = Background()  # apart: it leaves nothing behind, so nobody waits for it
        self._place = PlaceSign(clock)
        self._parts: list[str] = []
        self._began_at: float | None = None
        self._speaks = False  # there is text that can be seen
        self._heard = 0  # pieces of text and thoughts
        self._shown = 0  # of them
        self._news = asyncio.Event()
        self._quiet = asyncio.Event()  # no more typing
        self._closed = asyncio.Event()
        self._failure: DeliveryError | None = None
        self.first_shown_at: float | None = None

    async def __aenter__(self) -> Self:
        self._typing.spawn("typing", self._type())
        self._background.spawn("draw", self._draw())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            await self.finish()
        await self._close()
        await self._background.drain(LAST_CALL)
        await self._background.cancel()

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def folded(self) -> Rendered:
        """What stands before the text at the end."""
        return self._thoughts.folded()

    @property
    def _shows_text(self) -> bool:
        return self._previews and self._began_at is not None

    def wait(self, words: str, *, waits: bool) -> None:
        """Before the first text: the place in the line, or that it's their turn. Raises as grow."""
        self._raise_failure()
        self._place.tell(words, waits=waits)
        self._news.set()

    def think(self, text: str) -> None:
        """Raises as grow."""
        self._raise_failure()
        if not self._speaks:
            self._thoughts.add(text)
            self._came(text)

    def grow(self, text: str) -> None:
        """Raises DeliveryError once nothing can be shown here any more."""
        self._raise_failure()
        self._parts.append(text)
        self._speaks = self._speaks or bool(text.strip())
        self._came(text)

    def _came(self, text: str) -> None:
        if self._began_at is None:
            self._began_at = self._clock()
        self._heard += 1
        self._news.set()
        if self._previews and text.strip():
            self._quiet.set()  # the text is shown at once, and would stand above the indicator

    async def finish(self) -> None:
        """No preview after this. A call in flight ends first: cancelling wouldn't unsend it."""
        await self._close()
        while not await self._background.drain(LAST_CALL):
            pass

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    async def _close(self) -> None:
        self._closed.set()
        self._news.set()
        await self._typing.cancel()

    async def _draw(self) -> None:
        while not self._closed.is_set():
            wait = self._due_in()
            if wait is None or wait > 0:
                await self._wait(wait)
                continue
            try:
                await self._draw_newest()
            except DeliveryError as failure:
                self._failure = failure
                return

    async def _draw_newest(self) -> None:
        if not self._shows_text:
            if not await self._surface.preview(self._place.take()):
                self._place.missed()
            return
        self._shown, speaks = self._heard, self._speaks
        above = self.folded if speaks else self._thoughts.growing()
        stands = await self._surface.preview(self.text, above)
        if stands and speaks and self.first_shown_at is None:
            self.first_shown_at = self._clock()

    async def _wait(self, seconds: float | None) -> None:
        """Once something is shown, news alone change nothing: only time does, or the end."""
        if seconds is not None and self._shown:
            await _set_within(self._closed, seconds)
        else:
            await _set_within(self._news, seconds)
            self._news.clear()

    def _due_in(self) -> float | None:
        """Seconds until the next preview; None if there is nothing new to draw."""
        if self._began_at is None or not self._previews:
            return self._place_due_in()
        if self._shown == self._heard:
            return None
        growing_for = self._clock() - self._began_at
        if self._shown or worth_showing(self.text or self._thoughts.text, growing_for):
            return self._surface.rest()
        return max(FIRST_TEXT_AFTER - growing_for, self._surface.rest(), 0.01)

    def _place_due_in(self) -> float | None:
        """Where many wait, their places are left out before anybody's answer is."""
        due_in = self._place.due_in()
        if due_in is None:
            return None
        wait = max(due_in, self._surface.rest())
        return wait if wait or self._surface.ample() else NOT_SPARED

    async def _type(self) -> None:
        await _set_within(self._quiet, TYPING_AFTER)
        while not self._quiet.is_set():
            if not self._place.waits:
                await self._surface.typing()
            await _set_within(self._quiet, TYPING_EVERY)


async def _set_within(event: asyncio.Event, seconds: float | None) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
