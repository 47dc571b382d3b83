"""/models: what is on the model's machine, which one answers, and a card for each."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin import models_card
from luka_bot.handlers.admin.callbacks import (
    ModelCard,
    ModelDelete,
    ModelDeleteYes,
    ModelList,
    ModelUse,
)
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.server_trouble import tells_trouble
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.ids import MessageId
from luka_bot.models.model_names import is_name, short_name
from luka_bot.models.rights import Action
from luka_bot.services.models_service import ModelsService, Stocked


def routes() -> Router:
    router = Router(name="models")
    router.message.filter(in_admin_group)
    see, change = does(Action.SEE_MODELS), does(Action.CHANGE_MODELS)
    router.message.register(use_named, Command("models"), names_one, flags=change)
    router.message.register(show, Command("models"), flags=see)
    router.callback_query.register(show_again, ModelList.filter(), flags=see)
    router.callback_query.register(show_card, ModelCard.filter(), flags=see)
    router.callback_query.register(use, ModelUse.filter(), flags=change)
    router.callback_query.register(ask_to_delete, ModelDelete.filter(), flags=change)
    router.callback_query.register(delete, ModelDeleteYes.filter(), flags=change)
    return router


def names_one(_: Message, command: CommandObject) -> bool:
    """A filter: /models use NAME."""
    return (command.args or "").split(maxsplit=1)[:1] == ["use"]


async def show(_: Message, asker: Asker, models: ModelsService, screen: Screen) -> None:
    await _overview(asker, models, screen)


async def show_again(
    query: CallbackQuery, asker: Asker, models: ModelsService, screen: Screen, courier: Courier
) -> None:
    await courier.toast(query.id)
    await _overview(asker, models, screen, over=asker.message_id)


async def show_card(
    query: CallbackQuery,
    callback_data: ModelCard,
    asker: Asker,
    models: ModelsService,
    screen: Screen,
) -> None:
    model = await _found(query, callback_data.digest, asker, models, screen)
    if model is not None:
        await _card(query, asker, screen, model)


async def use(
    query: CallbackQuery,
    callback_data: ModelUse,
    asker: Asker,
    models: ModelsService,
    screen: Screen,
) -> None:
    model = await _found(query, callback_data.digest, asker, models, screen)
    if model is None:
        return
    await models.make_default(model.name, asker.user_id, asker.name)
    sentence = asker.words.html("models.used", name=short_name(model.name))
    await screen.turn_into(query, asker, sentence)


async def use_named(
    _: Message, command: CommandObject, asker: Asker, models: ModelsService, screen: Screen
) -> None:
    """Where the server has its own models, it may know more names than it tells."""
    words, name = asker.words, (command.args or "").removeprefix("use").strip()
    if not is_name(name):
        await screen.show(asker, words.html("models.use_usage"))
        return
    async with tells_trouble(asker, screen):
        if models.shelf is not None and not await models.has(name):
            await screen.show(asker, words.html("models.not_here", name=name))
            return
        await models.make_default(name, asker.user_id, asker.name)
        await screen.show(asker, words.html("models.used", name=short_name(name)))


async def ask_to_delete(
    query: CallbackQuery,
    callback_data: ModelDelete,
    asker: Asker,
    models: ModelsService,
    screen: Screen,
) -> None:
    model = await _found(query, callback_data.digest, asker, models, screen)
    if model is None:
        return
    if model.is_default:
        await _card(query, asker, screen, model)
        return
    words = asker.words
    keyboard = models_card.deletion_keyboard(words, model)
    await screen.turn_into(query, asker, models_card.deletion(words, model), keyboard)


async def delete(
    query: CallbackQuery,
    callback_data: ModelDeleteYes,
    asker: Asker,
    models: ModelsService,
    screen: Screen,
) -> None:
    model = await _found(query, callback_data.digest, asker, models, screen)
    if model is None:
        return
    async with tells_trouble(asker, screen):
        if not await models.delete(model.name, asker.user_id, asker.name):
            await _card(query, asker, screen, model)
            return
        sentence = asker.words.html("models.deleted", name=model.name)
        await screen.turn_into(query, asker, sentence)


async def _overview(
    asker: Asker, models: ModelsService, screen: Screen, *, over: MessageId | None = None
) -> None:
    words, default = asker.words, models.default_name
    if models.shelf is None:
        await screen.show(asker, words.html("models.openai", name=default), over=over)
        return
    async with tells_trouble(asker, screen):
        stock = await models.stock()
        keyboard = models_card.overview_keyboard(words, stock)
        html = models_card.overview(words, stock, default)
        await screen.show(asker, html, keyboard, over=over)


async def _found(
    query: CallbackQuery, digest: str, asker: Asker, models: ModelsService, screen: Screen
) -> Stocked | None:
    """None, and told so, if it isn't there any more."""
    model = None
    async with tells_trouble(asker, screen):
        model = await models.find(digest)
        if model is None:
            await screen.turn_into(query, asker, asker.words.html("models.gone"))
    return model


async def _card(query: CallbackQuery, asker: Asker, screen: Screen, model: Stocked) -> None:
    html = models_card.card(asker.words, model)
    await screen.turn_into(query, asker, html, models_card.card_keyboard(asker.words, model))
