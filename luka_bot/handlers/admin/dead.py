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
from luka_bot.models.ids import MessageId
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.access import AccessService
from luka_bot.services.dead_letters import DeadLetters
from luka_bot.storage.inbox_records import DeadLetter

SHOWN = 5  # letters, with two buttons each
REASON_SHOWN = 160  # characters


class DeadRetry(CallbackData, prefix="dead_retry"):
    entry: str


class DeadDrop(CallbackData, prefix="dead_drop"):
    entry: str


class DeadDesk:
    """The list, and the list again after each tap."""

    def __init__(
        self, dead: DeadLetters, access: AccessService, courier: Courier, screen: Screen
    ) -> None:
        self._dead = dead
        self._access = access
        self._courier = courier
        self._screen = screen

    async def draw(self, asker: Asker, person: Person, over: MessageId | None = None) -> None:
        letters, total = await self._dead.newest(SHOWN)
        zone = self._access.zone_of(person)
        html = _text(asker.words, letters, total, zone)
        await self._screen.show(asker, html, _keyboard(asker.words, letters), over=over)

    async def answer(self, query: CallbackQuery, asker: Asker, person: Person, key: str) -> None:
        await self._courier.toast(query.id, asker.words(key))
        await self.draw(asker, person, over=asker.message_id)


def routes() -> Router:
    router = Router(name="dead")
    router.message.filter(in_admin_group)
    router.message.register(show, Command("dead"), flags=does(Action.SEE_DEAD))
    query = router.callback_query
    query.register(retry, DeadRetry.filter(), flags=does(Action.RETRY_DEAD))
    query.register(drop, DeadDrop.filter(), flags=does(Action.RETRY_DEAD))
    return router


async def show(_: Message, asker: Asker, person: Person, dead_desk: DeadDesk) -> None:
    await dead_desk.draw(asker, person)


async def retry(
    query: CallbackQuery,
    callback_data: DeadRetry,
    asker: Asker,
    person: Person,
    dead: DeadLetters,
    dead_desk: DeadDesk,
) -> None:
    """It is worked on where its chat's other updates are, as if it had just come."""
    letter = await dead.find(callback_data.entry)
    conversation = "" if letter is None else conversation_of(letter.raw)
    done = await dead.retry(callback_data.entry, conversation, asker.user_id, asker.name)
    await dead_desk.answer(query, asker, person, "dead.retried" if done else "dead.gone")


async def drop(
    query: CallbackQuery,
    callback_data: DeadDrop,
    asker: Asker,
    person: Person,
    dead: DeadLetters,
    dead_desk: DeadDesk,
) -> None:
    done = await dead.drop(callback_data.entry, asker.user_id, asker.name)
    await dead_desk.answer(query, asker, person, "dead.dropped" if done else "dead.gone")


def _text(words: Words, letters: tuple[DeadLetter, ...], total: int, time_zone: str) -> str:
    if not letters:
        return words.html("dead.none")
    lines = [
        f"{number}. {moment(one.at, time_zone)} · {kind_of(one.raw)} · {_who(one)}\n"
        f"   {escape(one.reason[:REASON_SHOWN], quote=False)}"
        for number, one in enumerate(letters, 1)
    ]
    return "\n".join([words.count("dead.header", total), "", *lines])


def _who(letter: DeadLetter) -> str:
    name, number = sender_of(letter.raw)
    return escape(f"{name} ({number})" if number else "?", quote=False)


def _keyboard(words: Words, letters: tuple[DeadLetter, ...]) -> InlineKeyboardMarkup | None:
    pairs = [
        [
            button(words("button.dead.retry", number=number), DeadRetry(entry=one.entry_id)),
            button(words("button.dead.drop", number=number), DeadDrop(entry=one.entry_id)),
        ]
        for number, one in enumerate(letters, 1)
    ]
    return rows(*pairs)
