"""What people say in groups, to luka and to each other."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.bridge.buttons import ConvRetry, ConvStop
from luka_bot.handlers.bridge.places import Places
from luka_bot.handlers.doing import does
from luka_bot.handlers.group_words import addressed, title_of, unaddressed
from luka_bot.handlers.screen import Screen
from luka_bot.models.person import Person
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.conversations.group_talk import GroupTalk, GroupWords

IN_GROUPS = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})


def routes() -> Router:
    router = Router(name="groups")
    router.message.register(stop_here, IN_GROUPS, Command("stop"), flags=does(Action.STOP))
    router.message.register(ask, IN_GROUPS, addressed, flags=does(Action.ASK))
    router.message.register(overhear, IN_GROUPS, unaddressed, flags=does(Action.OVERHEAR))
    router.callback_query.register(stop, ConvStop.filter(), flags=does(Action.STOP))
    router.callback_query.register(retry, ConvRetry.filter(), flags=does(Action.ASK))
    return router


async def ask(
    _: Message, said: GroupWords, asker: Asker, group_talk: GroupTalk, places: Places
) -> None:
    """Who answers, and when, is decided by whoever does the conversation's work."""
    places.heard(asker.target.chat_id, asker.words)
    await group_talk.ask(said)


async def overhear(
    _: Message,
    said: GroupWords,
    asker: Asker,
    person: Person,
    group_talk: GroupTalk,
    places: Places,
) -> None:
    places.heard(asker.target.chat_id, asker.words)
    await group_talk.overhear(said, person)


async def stop_here(message: Message, asker: Asker, group_talk: GroupTalk, screen: Screen) -> None:
    """What stops says so itself; only when there was nothing to stop, we must."""
    target = asker.target
    if not await group_talk.stop(target.chat_id, target.topic_id, title_of(message)):
        await screen.show(asker, asker.words.html("stop.nothing"))


async def stop(
    query: CallbackQuery,
    callback_data: ConvStop,
    asker: Asker,
    conversations: ConversationService,
    courier: Courier,
) -> None:
    """A button that outlived its answer goes."""
    stopped = await conversations.stop(asker.owner, callback_data.id)
    await courier.toast(query.id, asker.words("stop.done" if stopped else "stop.nothing"))
    if not stopped:
        await courier.tidy(asker.target, asker.message_id)


async def retry(
    query: CallbackQuery,
    callback_data: ConvRetry,
    asker: Asker,
    conversations: ConversationService,
    courier: Courier,
) -> None:
    """The new answer is written over the message that was tapped."""
    tapped = callback_data
    await conversations.ask_again(asker.owner, tapped.id, tapped.number, tapped.agent)
    await courier.toast(query.id)
