"""An answer that grows by editing its messages: works in every chat and every client."""

import asyncio
from dataclasses import dataclass, replace

import structlog
from aiogram.types import InlineKeyboardMarkup

from luka_bot.background import let_end
from luka_bot.delivery.accounts import AnswerAccount
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.failures import MaybeSent, MessageGone, TakenOver
from luka_bot.delivery.pages import Pages
from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len
from luka_bot.delivery.target import Target
from luka_bot.delivery.wire import LAST_CALL
from luka_bot.models.errors import StorageAway, TurnTaken
from luka_bot.models.ids import MessageId
from luka_bot.patience import insist

LONG = 20_000  # characters; laying out as many takes half a second

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Sheet:
    """A message of the answer, and what stands on it as far as we know."""

    message_id: MessageId
    text: Rendered | None = None
    keyboard: InlineKeyboardMarkup | None = None

    def shows(self, text: Rendered, keyboard: InlineKeyboardMarkup | None) -> bool:
        return self.text == text and self.keyboard == keyboard


class EditSurface:
    """account is told the messages of the answer, in order, as soon as each exists.

    shown: messages of an earlier run (or of an answer written anew), edited before any is sent.
    """

    def __init__(
        self,
        courier: Courier,
        target: Target,
        account: AnswerAccount,
        stop_keyboard: InlineKeyboardMarkup,
        shown: tuple[MessageId, ...] = (),
    ) -> None:
        self._courier = courier
        self._target = replace(target, account=account)
        self._account = account
        self._stop = stop_keyboard
        self._sheets = [_Sheet(message_id) for message_id in shown]
        self._told: tuple[tuple[MessageId, ...], bool] = (shown, False)
        self._pages = Pages()
        self._tried = False
        self._gave_up = False

    def rest(self) -> float:
        """The first text of a direct message needn't keep a distance to what stood there before."""
        pace = self._courier.pace(self._target.chat_id)
        if self._tried or self._target.is_group:
            return pace.rest()
        return pace.silence()

    def ample(self) -> bool:
        return self._courier.pace(self._target.chat_id).ample()

    async def typing(self) -> None:
        await self._courier.typing(self._target)

    async def preview(self, markdown: str, above: Rendered = NOTHING) -> bool:
        """One page a call: pages that are full come first, each once, then the growing one.

        With the first page go the messages of an earlier run that would stand below it.
        """
        await self._check()
        pages = self._pages_under(above).growing(markdown)
        for index, page in enumerate(pages):
            keyboard = None if index < self._pages.full else self._stop
            sheet = self._sheets[index] if index < len(self._sheets) else None
            if sheet is None or not sheet.shows(page, keyboard):
                await self._draw(index, page, keyboard)
                break
        stands = bool(pages and self._sheets and self._sheets[0].text is not None)
        if stands:
            await self._withdraw(len(pages))
        return stands

    async def settle(
        self,
        markdown: str,
        footnote: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
        above: Rendered = NOTHING,
    ) -> tuple[MessageId, ...]:
        await self._check()
        pages = _with_footnote(await self._laid_out(markdown, above), footnote)
        if not pages:
            return self._ids
        last = len(pages) - 1
        for index, page in enumerate(pages):
            await self._write(index, page, keyboard if index == last else None, pages=len(pages))
        if not await self._withdraw(len(pages)):
            await self._courier.delete(self._target.chat_id, self._ids[len(pages) :])
            await self._keep(len(pages))
        await self._tell(last=True)
        return self._ids

    def _pages_under(self, above: Rendered) -> Pages:
        if self._pages.above != above:
            self._pages = Pages(above=above)
        return self._pages

    async def _laid_out(self, markdown: str, above: Rendered) -> tuple[Rendered, ...]:
        """Beside everybody else's answers where it takes a while."""
        pages = self._pages_under(above)
        if len(markdown) <= LONG:
            return pages.final(markdown)
        return await asyncio.to_thread(pages.final, markdown)

    async def _check(self) -> None:
        """Whoever slept too long would write half an answer over the whole one of another."""
        if not self._sheets:
            return
        try:
            await self._account.check()
        except TurnTaken as error:
            raise TakenOver from error

    @property
    def _ids(self) -> tuple[MessageId, ...]:
        return tuple(sheet.message_id for sheet in self._sheets)

    async def _draw(
        self, index: int, page: Rendered, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        known = self._sheets[index].message_id if index < len(self._sheets) else None
        if known is None and self._gave_up:
            return
        self._tried = True
        try:
            found = await self._courier.preview(self._target_of(index), known, page, keyboard)
        except MaybeSent:
            self._gave_up = True  # one copy too many is enough; the last word will be sent once
            return
        except MessageGone:  # what stood below would stand above the page that is sent anew
            if not await self._withdraw(index):
                await self._keep(index)
            return
        if found is not None:
            await self._note(index, _Sheet(found, page, keyboard))

    async def _write(
        self, index: int, page: Rendered, keyboard: InlineKeyboardMarkup | None, *, pages: int
    ) -> None:
        """A message that nobody would know of after a crash isn't sent: it waits for storage."""
        target = self._target_of(index)
        if index >= len(self._sheets):
            found = await insist(lambda: self._courier.send(target, page, keyboard))
        elif self._sheets[index].shows(page, keyboard):
            return
        else:
            known = self._sheets[index].message_id
            found = await insist(lambda: self._courier.edit(target, known, page, keyboard))
        await self._note(index, _Sheet(found, page, keyboard), pages)

    async def _note(self, index: int, sheet: _Sheet, pages: int = 0) -> None:
        """pages: how many the whole answer has, if that is known by now."""
        before = self._ids
        self._sheets[index : index + 1] = [sheet]
        if self._ids != before:
            await self._tell(last=index + 1 == pages == len(self._sheets))

    async def _withdraw(self, pages: int) -> bool:
        """Take what stands below so many pages out of the chat; False if it failed for now."""
        surplus = self._ids[pages:]
        if not surplus:
            return True
        if not await self._courier.withdraw(self._target, surplus):
            return False
        await self._keep(pages)
        return True

    async def _keep(self, pages: int) -> None:
        del self._sheets[pages:]
        await self._tell()

    async def _tell(self, *, last: bool = False) -> None:
        """Storage away costs a doubt (a message twice after a crash), not the answer.

        No task of its own: until it is told, a crash costs the message twice, so each step counts.
        """
        if self._told == (self._ids, last):
            return
        try:
            await let_end(self._account.wrote(self._ids, last=last), LAST_CALL)
            self._told = (self._ids, last)
        except StorageAway:
            log.warning("delivery.shown_not_kept", chat_id=self._target.chat_id)

    def _target_of(self, index: int) -> Target:
        """Among other answers, each message of this one says what it belongs to."""
        if index == 0 or self._target.reply_to is None:
            return self._target
        return replace(self._target, reply_to=self._sheets[0].message_id)


def _with_footnote(pages: tuple[Rendered, ...], footnote: str) -> tuple[Rendered, ...]:
    """In italics under the last page, or on a page of its own where there is no room."""
    footnote = footnote.strip()
    if not footnote:
        return pages
    if not pages:
        return (Rendered(footnote),)
    last = pages[-1]
    start = utf16_len(last.text) + 2
    italic = Entity("italic", start, utf16_len(footnote))
    under = Rendered(f"{last.text}\n\n{footnote}", (*last.entities, italic))
    return (*pages[:-1], under) if under.fits else (*pages, Rendered(footnote))
