"""Whom a message asks for an answer."""

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.records import Account, Body, Entity, Post
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
        if (replied and replied.sender == one) or _mentions(post.body, world.accounts[one])
    ]


def _mentions(body: Body, account: Account) -> bool:
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
