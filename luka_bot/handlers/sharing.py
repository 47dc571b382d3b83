"""Who else is in a thread: links by which others come, who is in, and leaving."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from luka_bot.delivery.courier import Courier
from luka_bot.handlers import sharing_card
from luka_bot.handlers import sharing_taps as tap
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.handlers.sharing_desk import SharingDesk, speaker, thread_here
from luka_bot.models.invite import SHARE_PREFIX
from luka_bot.models.participant import human
from luka_bot.models.rights import Action
from luka_bot.services.conversations.conversation_service import ConversationService
from luka_bot.services.sharing import Sharing
from luka_bot.services.thread_service import ThreadService


def routes() -> Router:
    router = Router(name="sharing")
    router.message.register(share_here, Command("share"), flags=does(Action.SHARE))
    in_group = F.chat.type != ChatType.PRIVATE
    router.message.register(leave_group, Command("leave"), in_group, flags=does(Action.LEAVE))
    router.message.register(leave_active, Command("leave"), flags=does(Action.LEAVE))
    query = router.callback_query
    query.register(show, tap.Share.filter(), flags=does(Action.SHARE))
    query.register(make, tap.ShareMake.filter(), flags=does(Action.SHARE))
    query.register(revoke, tap.ShareRevoke.filter(), flags=does(Action.SHARE))
    query.register(ask_remove, tap.ShareRemove.filter(~F.sure), flags=does(Action.SHARE))
    query.register(remove, tap.ShareRemove.filter(), flags=does(Action.SHARE))
    query.register(ask_leave, tap.ShareLeave.filter(~F.sure), flags=does(Action.LEAVE))
    query.register(leave, tap.ShareLeave.filter(), flags=does(Action.LEAVE))
    return router


async def share_here(
    message: Message,
    asker: Asker,
    threads: ThreadService,
    sharing: Sharing,
    sharing_desk: SharingDesk,
) -> None:
    thread_id = await thread_here(message, asker, threads, sharing)
    await sharing_desk.card(asker, thread_id)


async def show(
    query: CallbackQuery,
    callback_data: tap.Share,
    asker: Asker,
    courier: Courier,
    sharing_desk: SharingDesk,
) -> None:
    await sharing_desk.card(asker, callback_data.id, over=asker.message_id)
    await courier.toast(query.id)


async def make(
    query: CallbackQuery,
    callback_data: tap.ShareMake,
    asker: Asker,
    sharing_desk: SharingDesk,
    courier: Courier,
    bot: Bot,
) -> None:
    """The link as a message of its own, to be passed on; the card lists it without."""
    uses, days = _offered(callback_data)
    token, invite, name = await sharing_desk.make(asker, callback_data.id, uses, days)
    link = await create_start_link(bot, SHARE_PREFIX + token)
    html = sharing_card.made(asker.words, name, link, invite)
    await courier.send_html(asker.target, html, sharing_card.made_keyboard(asker.words, invite))
    await courier.toast(query.id)


async def revoke(
    query: CallbackQuery,
    callback_data: tap.ShareRevoke,
    asker: Asker,
    sharing_desk: SharingDesk,
    courier: Courier,
) -> None:
    gone = await sharing_desk.revoke(asker, callback_data)
    await courier.toast(query.id, asker.words("sharing.revoked" if gone else "sharing.was_gone"))


async def ask_remove(
    query: CallbackQuery,
    callback_data: tap.ShareRemove,
    asker: Asker,
    sharing: Sharing,
    sharing_desk: SharingDesk,
    screen: Screen,
) -> None:
    thread_id, who = callback_data.id, callback_data.who
    company = await sharing.look(asker.owner, thread_id)
    found = company.participant(human(who))
    if found is None:
        await sharing_desk.card(asker, thread_id, over=asker.message_id)
        return
    html = asker.words.html("sharing.ask_remove", who=found.name, name=company.thread.name)
    keyboard = sharing_card.ask_remove(asker.words, thread_id, who)
    await screen.turn_into(query, asker, html, keyboard)


async def remove(
    query: CallbackQuery,
    callback_data: tap.ShareRemove,
    asker: Asker,
    conversations: ConversationService,
    sharing_desk: SharingDesk,
    courier: Courier,
) -> None:
    thread_id, who = callback_data.id, callback_data.who
    await conversations.remove(speaker(asker), thread_id, human(who))
    await courier.toast(query.id, asker.words("sharing.removed"))
    company = await sharing_desk.card(asker, thread_id, over=asker.message_id)
    await sharing_desk.tell_removed(asker, company.thread.name, who)


async def leave_group(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("leave.in_group", name=asker.name))


async def leave_active(
    _: Message, asker: Asker, threads: ThreadService, sharing_desk: SharingDesk
) -> None:
    thread = await threads.get_active_thread(asker.owner)
    await sharing_desk.ask_leave(asker, thread.thread_id)


async def ask_leave(
    query: CallbackQuery,
    callback_data: tap.ShareLeave,
    asker: Asker,
    courier: Courier,
    sharing_desk: SharingDesk,
) -> None:
    await sharing_desk.ask_leave(asker, callback_data.id, over=asker.message_id)
    await courier.toast(query.id)


async def leave(
    query: CallbackQuery,
    callback_data: tap.ShareLeave,
    asker: Asker,
    conversations: ConversationService,
    threads: ThreadService,
    screen: Screen,
) -> None:
    """With where they are now: it may be a thread that others read."""
    left = await conversations.leave(speaker(asker), callback_data.id)
    active = await threads.get_active_thread(asker.owner)
    html = asker.words.html("leave.done", name=left.conversation.name, active=active.name)
    await screen.turn_into(query, asker, html, sharing_card.to_threads(asker.words))


def _offered(asked: tap.ShareMake) -> tuple[int, int]:
    """A button that never was is taken for the smallest one."""
    uses = asked.uses if asked.uses in sharing_card.USES else sharing_card.USES[0]
    days = asked.days if asked.days in sharing_card.DAYS else sharing_card.DAYS[0]
    return uses, days
