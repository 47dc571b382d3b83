"""/invite and /invites: links by which people come in."""

from datetime import UTC, datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.deep_linking import create_start_link

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.admin.callbacks import InviteRevoke
from luka_bot.handlers.admin.here import in_admin_group
from luka_bot.handlers.admin.wishes import wish_in
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.locales import Words
from luka_bot.models.invite import PREFIX, Invite
from luka_bot.models.rights import Action
from luka_bot.services.invite_service import InviteService

SHOWN = 20  # invites in one list


def routes() -> Router:
    router = Router(name="inviting")
    router.message.filter(in_admin_group)
    router.message.register(show_invites, Command("invites"), flags=does(Action.INVITE))
    asks_for_list = Command("invite", magic=F.args.lower() == "list")
    router.message.register(show_invites, asks_for_list, flags=does(Action.INVITE))
    router.message.register(invite, Command("invite"), flags=does(Action.INVITE))
    router.callback_query.register(revoke, InviteRevoke.filter(), flags=does(Action.INVITE))
    return router


async def show_invites(_: Message, asker: Asker, invites: InviteService, screen: Screen) -> None:
    living = await invites.living()
    await screen.show(asker, _listed(asker.words, living), _revocable(asker.words, living))


async def invite(
    _: Message,
    command: CommandObject,
    asker: Asker,
    invites: InviteService,
    screen: Screen,
    bot: Bot,
) -> None:
    wish = wish_in(command.args or "")
    if wish is None:
        await screen.show(asker, asker.words.html("invite.usage"))
        return
    made = await invites.make(wish.uses, wish.life, wish.note, asker.user_id, asker.name)
    link = await create_start_link(bot, PREFIX + made.token)
    html = asker.words.html("invite.made", about=_about(asker.words, made.invite), link=link)
    data = InviteRevoke(digest=made.invite.digest, listed=False)
    await screen.show(
        asker, html, _keyboard([[_button(asker.words("button.invite.revoke"), data)]])
    )


async def revoke(
    query: CallbackQuery,
    callback_data: InviteRevoke,
    asker: Asker,
    invites: InviteService,
    courier: Courier,
    screen: Screen,
) -> None:
    """A list shows what is left; the message with the link loses it."""
    words = asker.words
    gone = await invites.revoke(callback_data.digest, asker.user_id, asker.name)
    await courier.toast(query.id, words("invite.revoked" if gone else "invite.was_gone"))
    if callback_data.listed:
        living = await invites.living()
        html, keyboard = _listed(words, living), _revocable(words, living)
        await screen.show(asker, html, keyboard, over=asker.message_id)
    else:
        html = words.html("invite.revoked_card", by=asker.name)
        await screen.show(asker, html, over=asker.message_id)


def _listed(words: Words, living: tuple[Invite, ...]) -> str:
    lines = [words.count("invites.header", len(living)), ""]
    lines += [
        words.html("invites.one", number=number, about=_about(words, one), by=one.by_name or "–")
        for number, one in enumerate(living[:SHOWN], 1)
    ]
    return "\n".join([*lines, "", words.html("invite.usage")])


def _about(words: Words, invite: Invite) -> str:
    """Plain text: its note, its uses, its end."""
    uses = words("invite.any") if invite.left is None else words("invite.uses", left=invite.left)
    until = words("invite.until", day=f"{datetime.fromtimestamp(invite.until, UTC):%Y-%m-%d}")
    return ", ".join(part for part in (invite.note, uses, until) if part)


def _revocable(words: Words, living: tuple[Invite, ...]) -> InlineKeyboardMarkup | None:
    buttons = [
        _button(
            words("button.invite.revoke_one", number=number),
            InviteRevoke(digest=one.digest, listed=True),
        )
        for number, one in enumerate(living[:SHOWN], 1)
    ]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return _keyboard(rows) if rows else None


def _keyboard(rows: list[list[InlineKeyboardButton]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _button(text: str, data: InviteRevoke) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
