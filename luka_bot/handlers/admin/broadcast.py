"""/broadcast: shown first, then sent to everybody once, by whoever taps Send first."""

from collections.abc import Awaitable

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import broadcast_card
from luka_bot.handlers.admin.broadcasting import Broadcasting
from luka_bot.handlers.admin.callbacks import BroadcastCancel, BroadcastSend, BroadcastStop
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.letter import letter_in, packed
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.models.rights import Action
from luka_bot.storage.broadcasts import BroadcastGone, DecidedBefore


def routes() -> Router:
    router = Router(name="broadcast")
    router.message.filter(in_admin_group)
    flags = does(Action.BROADCAST)
    router.message.register(show, Command("broadcast"), flags=flags)
    router.callback_query.register(send, BroadcastSend.filter(), flags=flags)
    router.callback_query.register(cancel, BroadcastCancel.filter(), flags=flags)
    router.callback_query.register(stop, BroadcastStop.filter(), flags=flags)
    return router


async def show(
    message: Message,
    asker: Asker,
    broadcasting: Broadcasting,
    courier: Courier,
    event_update: Update,
) -> None:
    """As people will see it, and the question whether to send it."""
    words, letter = asker.words, letter_in(message)
    if letter is None or letter.blank:
        key = "broadcast.only_text" if letter is None else "broadcast.usage"
        await courier.send_html(asker.target, words.html(key))
        return
    number = await broadcasting.store.reach()
    if not number:
        await courier.send_html(asker.target, words.html("broadcast.nobody"))
        return
    broadcast_id = f"u{event_update.update_id}"
    await broadcasting.store.draft(broadcast_id, packed(letter), asker.user_id)
    await courier.send(asker.target.without_reply(), letter)
    keyboard = broadcast_card.question(words, broadcast_id)
    await courier.send_html(
        asker.target.without_reply(), words.count("broadcast.ask", number), keyboard
    )


async def send(
    query: CallbackQuery,
    callback_data: BroadcastSend,
    asker: Asker,
    broadcasting: Broadcasting,
    courier: Courier,
) -> None:
    starting = broadcasting.store.start(callback_data.id, asker.overseer, query.id)
    if await _decided(starting, query, asker, courier, "broadcast.started"):
        broadcasting.look_now()


async def cancel(
    query: CallbackQuery,
    callback_data: BroadcastCancel,
    asker: Asker,
    broadcasting: Broadcasting,
    courier: Courier,
) -> None:
    cancelling = broadcasting.store.cancel(callback_data.id, asker.name, query.id)
    if await _decided(cancelling, query, asker, courier, "broadcast.cancelled"):
        sentence = asker.words.html("broadcast.cancelled")
        await courier.edit_html(asker.target, asker.message_id, sentence)


async def stop(
    query: CallbackQuery,
    callback_data: BroadcastStop,
    asker: Asker,
    broadcasting: Broadcasting,
    courier: Courier,
) -> None:
    """Whichever process sends it sees that before the next person's turn, and says so."""
    stopping = broadcasting.store.stop(callback_data.id, asker.name, query.id)
    await _decided(stopping, query, asker, courier, "broadcast.stopping")


async def _decided(
    deciding: Awaitable[None], query: CallbackQuery, asker: Asker, courier: Courier, key: str
) -> bool:
    """False, and told so, if somebody was faster."""
    words = asker.words
    try:
        await deciding
    except DecidedBefore as before:
        sentence = broadcast_card.already(words, before.state, before.by_name)
        await courier.toast(query.id, sentence)
        return False
    except BroadcastGone:
        await courier.toast(query.id, words("broadcast.gone"), alert=True)
        return False
    await courier.toast(query.id, words(key))
    return True
