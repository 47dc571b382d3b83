"""/privacy: what is kept of a person; /forget: that it isn't, from now on."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.handlers import keyboards
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.callbacks import ForgetMe
from luka_bot.handlers.doing import does
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.privacy_text import PrivacyText
from luka_bot.handlers.screen import Screen
from luka_bot.models.rights import Action
from luka_bot.services.privacy import Privacy


def routes() -> Router:
    router = Router(name="privacy")
    router.message.register(explain, Command("privacy"), flags=does(Action.READ_PRIVACY))
    router.message.register(ask_forget, Command("forget"), flags=does(Action.FORGET))
    sure = ForgetMe.filter(F.sure)
    router.callback_query.register(forget, sure, flags=does(Action.FORGET))
    router.callback_query.register(stay, ForgetMe.filter(), flags=does(Action.READ_PRIVACY))
    return router


async def explain(_: Message, asker: Asker, privacy_text: PrivacyText, screen: Screen) -> None:
    await screen.show(asker, privacy_text.in_(asker.words))


async def ask_forget(_: Message, asker: Asker, screen: Screen) -> None:
    if asker.target.is_group:
        await screen.show(asker, asker.words.html("forget.in_private", name=asker.name))
        return
    keyboard = keyboards.confirm_forget(asker.words)
    await screen.show(asker, asker.words.html("forget.ask"), keyboard)


async def forget(
    query: CallbackQuery, asker: Asker, privacy: Privacy, languages: Languages, screen: Screen
) -> None:
    await privacy.forget(asker.user_id)
    languages.learn(asker.user_id, "")
    await screen.turn_into(query, asker, asker.words.html("forget.done"))


async def stay(query: CallbackQuery, asker: Asker, screen: Screen) -> None:
    await screen.turn_into(query, asker, asker.words.html("forget.kept"))
