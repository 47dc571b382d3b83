"""From a raw update to its handler."""

from aiogram import Bot, Dispatcher
from aiogram.types import Message, Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from luka_bot.handlers.asker import KnowsWhoAsks
from luka_bot.handlers.gate import Gate
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.moves import HearsOfMoves
from luka_bot.handlers.routes import all_routes
from luka_bot.ingest.handover import Handover
from luka_bot.ingest.intake import Unreadable
from luka_bot.ingest.package import ALBUM, album_of
from luka_bot.ingest.raw_updates import RawUpdate
from luka_bot.models.ids import UpdateId
from luka_bot.services.group_moves import GroupMoves
from luka_bot.storage.deliveries import Deliveries


def build_dispatcher(
    gate: Gate, languages: Languages, moves: GroupMoves, **services: object
) -> Dispatcher:
    """services reach handlers by parameter name; aiogram leaves out a name that nobody gives."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.workflow_data.update(services, languages=languages)
    dispatcher.message.outer_middleware(HearsOfMoves(moves))
    for observer in (dispatcher.message, dispatcher.callback_query):
        observer.outer_middleware(KnowsWhoAsks(languages))
        observer.middleware(gate)
    dispatcher.include_routers(*all_routes())
    return dispatcher


class Dispatch:
    """Raises Unreadable when the update doesn't decode, and what a handler couldn't settle.

    A handler that asks for album gets a tuple of all messages that came as one; the first of them
    is the update's own. Of a message alone it is that one, of anything else it is empty.
    """

    def __init__(self, dispatcher: Dispatcher, bot: Bot, deliveries: Deliveries) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._deliveries = deliveries

    async def __call__(self, raw: RawUpdate, handover: Handover) -> None:
        context = {"bot": self._bot}
        whole = {key: value for key, value in raw.items() if key != ALBUM}
        try:
            update = Update.model_validate(whole, context=context)
            album = tuple(Message.model_validate(one, context=context) for one in album_of(raw))
        except ValidationError as error:
            raise Unreadable(_reason(error)) from None
        if not _known(update):
            raise Unreadable("a kind of update that this luka doesn't know")
        replies = self._deliveries.replies_to(UpdateId(update.update_id))
        await self._dispatcher.feed_update(
            self._bot, update, handover=handover, replies=replies, album=album
        )


def _known(update: Update) -> bool:
    try:
        return bool(update.event_type)
    except UpdateTypeLookupError:
        return False


def _reason(error: ValidationError) -> str:
    """Where and what, without the values: they are a person's words."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['type']} ({error.error_count()} in all)"
