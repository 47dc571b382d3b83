"""Who is in a chat, from when on, and what becomes of the chat: the bot, people, migration."""

from luka_bot.demo.telegram.audience import bot_hears
from luka_bot.demo.telegram.deeds import CannotDo
from luka_bot.demo.telegram.happenings import ChatsChanged
from luka_bot.demo.telegram.records import Account, Attachment, Body, Chat, Post
from luka_bot.demo.telegram.wire import chat_json, member_json, message_json, user_json
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, UserId

HERE = ("member", "administrator")


def change_bot_status(world: World, person_id: UserId, chat: Chat, status: str) -> None:
    """Blocked, unblocked, added, removed, promoted: `my_chat_member`.

    In groups a service line, too, when it comes or goes.
    """
    old, chat.bot_status = chat.bot_status, status
    came = status in HERE
    moved = came != (old in HERE)
    if came and moved:
        chat.all_heard = not world.privacy_mode
    _tell_of_status(world, person_id, chat, world.bot, (old, status))
    if moved and not chat.is_private:
        verb = "added" if came else "removed"
        words = f"{world.accounts[person_id].name} {verb} {world.bot.name}"
        post = _service(world, person_id, chat, _moved(world.bot, came=came), words)
        if came:
            _let_bot_hear(world, chat, post)


def join(world: World, person_id: UserId, chat: Chat) -> None:
    """`new_chat_members`, and `chat_member` where the bot asked for it as an administrator."""
    if person_id in chat.members:
        raise CannotDo(f"{person_id} is in {chat.title} already")
    chat.members.append(person_id)
    _person_moved(world, person_id, chat, came=True)


def leave(world: World, person_id: UserId, chat: Chat) -> None:
    """`left_chat_member`, and `chat_member` where the bot asked for it as an administrator."""
    if person_id not in chat.members:
        raise CannotDo(f"{person_id} isn't in {chat.title}")
    chat.members.remove(person_id)
    chat.administrators.discard(person_id)
    chat.anonymous.discard(person_id)
    _person_moved(world, person_id, chat, came=False)


def promote(world: World, person_id: UserId, chat: Chat, *, anonymous: bool = False) -> None:
    """An anonymous one speaks in the group's name; so may the creator."""
    _change_rights(world, person_id, chat, is_admin=True)
    if anonymous:
        chat.anonymous.add(person_id)


def demote(world: World, person_id: UserId, chat: Chat) -> None:
    _change_rights(world, person_id, chat, is_admin=False)
    chat.anonymous.discard(person_id)


def become_supergroup(world: World, chat: Chat, new_id: ChatId) -> Chat:
    """The old chat stays for who looks at it, with nobody in it; a service line in each of both."""
    if chat.kind != "group":
        raise CannotDo(f"{chat.title} is no basic group")
    new = Chat(new_id, "supergroup", chat.title, list(chat.members), chat.bot_status)
    new.administrators |= chat.administrators
    new.all_heard = chat.all_heard
    world.chats[new.id] = new
    owner, words = chat.members[0], "The group became a supergroup"
    for where, field, other in (
        (chat, "migrate_to_chat_id", new),
        (new, "migrate_from_chat_id", chat),
    ):
        post = _service(world, owner, where, Attachment(field, other.id), words)
        _let_bot_hear(world, where, post)
    chat.migrated_to = new.id
    chat.members.clear()
    world.tell(ChatsChanged())
    return new


def _change_rights(world: World, person_id: UserId, chat: Chat, *, is_admin: bool) -> None:
    old = chat.status_of(person_id)
    if old == "left":
        raise CannotDo(f"{person_id} isn't in {chat.title}")
    if is_admin:
        chat.administrators.add(person_id)
    else:
        chat.administrators.discard(person_id)
    change = (old, chat.status_of(person_id))
    if change[0] != change[1] and chat.bot_status == "administrator":
        _tell_of_status(world, chat.members[0], chat, world.accounts[person_id], change)
    world.tell(ChatsChanged())


def _person_moved(world: World, person_id: UserId, chat: Chat, *, came: bool) -> None:
    account = world.accounts[person_id]
    words = f"{account.name} {'joined' if came else 'left'} the group"
    post = _service(world, person_id, chat, _moved(account, came=came), words)
    _let_bot_hear(world, chat, post)
    if chat.bot_status == "administrator":
        change = ("left", "member") if came else ("member", "left")
        _tell_of_status(world, person_id, chat, account, change)
    world.tell(ChatsChanged())


def _tell_of_status(
    world: World, by: UserId, chat: Chat, account: Account, change: tuple[str, str]
) -> None:
    old, new = (member_json(account, status) for status in change)
    world.updates.put(
        "my_chat_member" if account.id == world.bot.id else "chat_member",
        {
            "chat": chat_json(world, chat),
            "from": user_json(world.accounts[by]),
            "date": int(world.clock()),
            "old_chat_member": old,
            "new_chat_member": new,
        },
    )


def _moved(account: Account, *, came: bool) -> Attachment:
    user = user_json(account)
    return Attachment("new_chat_members", [user]) if came else Attachment("left_chat_member", user)


def _service(world: World, by: UserId, chat: Chat, what: Attachment, words: str) -> Post:
    post = Post(
        message_id=world.new_message_id(chat),
        chat_id=chat.id,
        sender=by,
        date=int(world.clock()),
        body=Body(""),
        attachment=what,
        service=words,
    )
    return world.keep(post)


def _let_bot_hear(world: World, chat: Chat, post: Post) -> None:
    if bot_hears(world, chat, post):
        world.updates.put("message", message_json(world, post))
