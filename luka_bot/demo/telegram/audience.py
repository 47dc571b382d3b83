"""Whom a message reaches: who is asked for an answer, and whether the bot hears it."""

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.records import Account, Body, Chat, Entity, Post
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import UserId


def asked_to_reply(world: World, post: Post) -> list[UserId]:
    """All members, or with `selective` those mentioned and whoever is replied to.

    https://core.telegram.org/bots/api#forcereply
    """
    if post.force_reply is None:
        return []
    chat = world.chats[post.chat_id]
    if chat.is_private or not post.force_reply.selective:
        return list(chat.members)
    replied = chat.posts.get(post.reply_to) if post.reply_to else None
    return [
        one
        for one in chat.members
        if (replied and replied.sender == one) or mentions(post.body, world.accounts[one])
    ]


def bot_hears(world: World, chat: Chat, post: Post) -> bool:
    """Under privacy mode only service lines, its commands, mentions, and replies to it.

    https://core.telegram.org/bots/faq#what-messages-will-my-bot-get; mentions come, too.
    """
    if chat.is_private:
        return True
    if chat.bot_status in ("left", "kicked"):
        return False
    if post.service:
        return True
    if world.accounts[post.sender].is_bot and not world.bots_hear_bots:
        return False
    if chat.all_heard or chat.bot_status == "administrator":
        return True
    return _concerns_it(world, chat, post)


def _concerns_it(world: World, chat: Chat, post: Post) -> bool:
    replied = chat.posts.get(post.reply_to) if post.reply_to else None
    if replied is not None and replied.sender == world.bot.id:
        return True
    return _is_its_command(world, chat, post) or mentions(post.body, world.bot)


def _is_its_command(world: World, chat: Chat, post: Post) -> bool:
    """`/help@luka_bot`; and `/help` alone unless another bot was the last one to speak."""
    first = post.body.entities[0] if post.body.entities else None
    if first is None or (first.kind, first.offset) != ("bot_command", 0):
        return False
    _, at, name = utf16.cut(post.body.text, 0, first.length).partition("@")
    if at:
        return name.lower() == (world.bot.username or "").lower()
    bots = (one.sender for one in reversed(chat.posts.values()) if _is_bot(world, one))
    return next(bots, world.bot.id) == world.bot.id


def _is_bot(world: World, post: Post) -> bool:
    return world.accounts[post.sender].is_bot and not post.service


def mentions(body: Body, account: Account) -> bool:
    return any(_means(body, entity, account) for entity in body.entities)


def _means(body: Body, entity: Entity, account: Account) -> bool:
    match entity:
        case Entity(kind="mention"):
            name = utf16.cut(body.text, entity.offset, entity.length)
            return name[1:].lower() == (account.username or "").lower()
        case Entity(kind="text_mention", extra={"user": {"id": user_id}}):
            return bool(user_id == account.id)
        case Entity(kind="text_link", extra={"url": url}):
            return bool(url == f"tg://user?id={account.id}")
        case _:
            return False
