"""/pull NAME: download a model, and see in one message how far it is."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, Update

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import pull_card
from luka_bot.handlers.admin.callbacks import PullCancel
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.pulling import Pulling
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.models.model_names import full_name, is_name, name_digest
from luka_bot.models.pull import Pull
from luka_bot.models.rights import Action


def routes() -> Router:
    router = Router(name="pull")
    router.message.filter(in_admin_group)
    flags = does(Action.CHANGE_MODELS)
    router.message.register(pull, Command("pull"), flags=flags)
    router.callback_query.register(cancel, PullCancel.filter(), flags=flags)
    return router


async def pull(
    _: Message,
    command: CommandObject,
    asker: Asker,
    pulling: Pulling,
    courier: Courier,
    event_update: Update,
) -> None:
    name = (command.args or "").strip()
    if not pulling.can_pull:
        await courier.send_html(asker.target, asker.words.html("pull.openai"))
        return
    if not is_name(name):
        key = "pull.bad_name" if name else "pull.usage"
        await courier.send_html(asker.target, asker.words.html(key))
        return
    await _begin(full_name(name), asker, pulling, courier, f"u{event_update.update_id}")


async def cancel(
    query: CallbackQuery,
    callback_data: PullCancel,
    asker: Asker,
    pulling: Pulling,
    courier: Courier,
) -> None:
    under_way = await pulling.store.under_way()
    found = [name for name in under_way if name_digest(name) == callback_data.digest]
    for name in found:
        await pulling.store.cancel(name, asker.name)
    await courier.toast(query.id, asker.words("pull.stopping" if found else "pull.over"))


async def _begin(name: str, asker: Asker, pulling: Pulling, courier: Courier, request: str) -> None:
    """A second run of the update finds what the first one began."""
    running = await pulling.store.running(name)
    if running is not None:
        if running.request != request:
            await _show_running(running, asker, courier)
        return
    words, target = asker.words, asker.target
    overseer = asker.overseer
    html = pull_card.progress(words, Pull(name, overseer))
    message_id = await courier.send_html(target, html, pull_card.cancel(words, name))
    overseer = replace(overseer, message_id=message_id)
    if await pulling.store.begin(name, overseer, request):
        pulling.look_now()
    else:
        await courier.edit_html(target, message_id, words.html("pull.already", name=name))


async def _show_running(running: Pull, asker: Asker, courier: Courier) -> None:
    """A reply to the message in which it is seen, so that one tap leads there."""
    words, overseer = asker.words, running.overseer
    html = f"{words.html('pull.already', name=running.name)}\n{pull_card.progress(words, running)}"
    here = asker.target.chat_id == overseer.chat_id
    target = replace(asker.target, reply_to=overseer.message_id) if here else asker.target
    await courier.send_html(target, html)
