"""Who the bot is, which chats there are, who is in them."""

from luka_bot.demo.telegram.methods.addressing import chat_of, refuse_if_shut
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.wire import chat_json, me_json, member_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import UserId


@method("getMe")
def get_me(world: World, _params: Params) -> object:
    return me_json(world)


@method("getChat")
def get_chat(world: World, params: Params) -> object:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat_json(world, chat_of(world, params)),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


@method("getChatMember")
def get_chat_member(world: World, params: Params) -> object:
    chat = chat_of(world, params)
    if not chat.is_private:
        refuse_if_shut(chat)
    user_id = UserId(params.needed_number("user_id"))
    account = world.accounts.get(user_id)
    if account is None:
        raise BadRequest("user not found")
    if user_id == world.bot.id:
        return member_json(account, chat.bot_status)
    anonymous = user_id in chat.anonymous
    return member_json(account, chat.status_of(user_id), anonymous=anonymous)


@method("getChatAdministrators")
def get_chat_administrators(world: World, params: Params) -> object:
    chat = chat_of(world, params)
    if chat.is_private:
        raise BadRequest("there are no administrators in the private chat")
    refuse_if_shut(chat)
    leading = [one for one in chat.members if chat.status_of(one) in ("creator", "administrator")]
    admins = [
        member_json(world.accounts[one], chat.status_of(one), anonymous=one in chat.anonymous)
        for one in leading
        if not world.accounts[one].is_bot
    ]
    if chat.bot_status == "administrator":
        admins.append(member_json(world.bot, "administrator"))
    return admins


@method("getChatMemberCount")
def get_chat_member_count(world: World, params: Params) -> object:
    return len(chat_of(world, params).members) + 1
