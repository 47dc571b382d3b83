"""/dead: updates that luka gave up on, without what people wrote in them."""

from html import escape

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.buttons import button, rows
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.moments import moment
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.ingest.raw_updates import conversation_of, kind_of, sender_of
from luka_bot.locales import Words
from luka_bot.models.ids import MessageId, UserId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.access import AccessService
from luka_bot.services.dead_letters import DeadLetters, DeadPage
from luka_bot.storage.inbox_records import DeadLetter

SHOWN = 10  # letters, with two buttons each
REASON_SHOWN = 160  # characters


class DeadAt(CallbackData, prefix="dead_at"):
    """The page that begins below an entry; "" for the newest."""

    before: str


class DeadRetry(CallbackData, prefix="dead_retry"):
    """before: of the page on which the button stands."""

    entry: str
    before: str


class DeadDrop(CallbackData, prefix="dead_drop"):
    """before: as DeadRetry."""

    entry: str
    before: str


class DeadDesk:
    """The list, and the list again after each tap."""

    def __init__(
        self, dead: DeadLetters, access: AccessService, courier: Courier, screen: Screen
    ) -> None:
        self._dead = dead
        self._access = access
        self._courier = courier
        self._screen = screen

    async def draw(
        self, asker: Asker, person: Person, before: str = "", over: MessageId | None = None
    ) -> None:
        """A page that has become empty is the newest one instead."""
        page = await self._dead.page(SHOWN, before)
        if not page.letters and before:
            page = await self._dead.page(SHOWN)
        html = _text(asker.words, page, self._access.zone_of(person))
        await self._screen.show(asker, html, _keyboard(asker.words, page), over=over)

    async def settle(
        self, tapped: DeadRetry | DeadDrop, query: CallbackQuery, asker: Asker, person: Person
    ) -> None:
        """Retry or drop it, say so, and draw its page anew."""
        letter = await self._dead.find(tapped.entry)
        key = "dead.gone" if letter is None else await self._settled(tapped, letter, asker)
        await self._courier.toast(query.id, asker.words(key))
        await self.draw(asker, person, tapped.before, over=asker.message_id)

    async def _settled(self, tapped: DeadRetry | DeadDrop, letter: DeadLetter, asker: Asker) -> str:
        """What to say of it."""
        whom = UserId(sender_of(letter.raw)[1]) or None
        by, name = asker.user_id, asker.name
        if isinstance(tapped, DeadDrop):
            dropped = await self._dead.drop(letter, whom, by, name)
            return "dead.dropped" if dropped else "dead.gone"
        retried = await self._dead.retry(letter, conversation_of(letter.raw), whom, by, name)
        return "dead.retried" if retried else "dead.gone"


def routes() -> Router:
    router = Router(name="dead")
    router.message.filter(in_admin_group)
    router.message.register(show, Command("dead"), flags=does(Action.SEE_DEAD))
    query = router.callback_query
    query.register(turn, DeadAt.filter(), flags=does(Action.SEE_DEAD))
    query.register(retry, DeadRetry.filter(), flags=does(Action.RETRY_DEAD))
    query.register(drop, DeadDrop.filter(), flags=does(Action.RETRY_DEAD))
    return router


async def show(_: Message, asker: Asker, person: Person, dead_desk: DeadDesk) -> None:
    await dead_desk.draw(asker, person)


async def turn(
    query: CallbackQuery,
    callback_data: DeadAt,
    asker: Asker,
    person: Person,
    courier: Courier,
    dead_desk: DeadDesk,
) -> None:
    await courier.toast(query.id)
    await dead_desk.draw(asker, person, callback_data.before, over=asker.message_id)


async def retry(
    query: CallbackQuery,
    callback_data: DeadRetry,
    asker: Asker,
    person: Person,
    dead_desk: DeadDesk,
) -> None:
    """It is worked on where its chat's other updates are, as if it had just come."""
    await dead_desk.settle(callback_data, query, asker, person)


async def drop(
    query: CallbackQuery,
    callback_data: DeadDrop,
    asker: Asker,
    person: Person,
    dead_desk: DeadDesk,
) -> None:
    await dead_desk.settle(callback_data, query, asker, person)


def _text(words: Words, page: DeadPage, time_zone: str) -> str:
    if not page.letters:
        return words.html("dead.none")
    lines = [
        f"{number}. {moment(one.at, time_zone)} · {kind_of(one.raw)} · {_who(one)}\n"
        f"   {escape(one.reason[:REASON_SHOWN], quote=False)}"
        for number, one in enumerate(page.letters, 1)
    ]
    return "\n".join([words.count("dead.header", page.total), "", *lines])


def _who(letter: DeadLetter) -> str:
    name, number = sender_of(letter.raw)
    return escape(f"{name} ({number})" if number else "?", quote=False)


def _keyboard(words: Words, page: DeadPage) -> InlineKeyboardMarkup | None:
    pairs = [
        [
            button(words("button.dead.retry", number=number), DeadRetry(entry=entry, before=at)),
            button(words("button.dead.drop", number=number), DeadDrop(entry=entry, before=at)),
        ]
        for at in [page.before]
        for number, entry in enumerate((one.entry_id for one in page.letters), 1)
    ]
    turning = [button(words("button.dead.newest"), DeadAt(before=""))] if page.before else []
    if page.more:
        below = page.letters[-1].entry_id
        turning.append(button(words("button.audit.older"), DeadAt(before=below)))
    return rows(*pairs, turning)
