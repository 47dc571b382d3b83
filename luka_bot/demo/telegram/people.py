"""People who use the bot: what they write, tap, edit and block."""

from collections.abc import Iterator, Mapping

from luka_bot.demo.telegram import deeds, membership, topics, web_app
from luka_bot.demo.telegram.attaching import attach, send_files
from luka_bot.demo.telegram.deep_links import start_payload
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Attachment, Chat, Post, Spot
from luka_bot.demo.telegram.shown import as_screen
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import ChatId, MessageId, UserId

TINY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


class Person:
    """One of the people; made by `LocalTelegram.person`. `chat=None` is their chat with the bot.

    The methods return when the update is queued, not when the bot has answered.
    """

    def __init__(self, world: World, id: UserId) -> None:  # noqa: A002 - Telegram's word
        self._world = world
        self.id = id

    @property
    def name(self) -> str:
        return self._world.accounts[self.id].name

    async def writes(
        self,
        text: str,
        chat: int | None = None,
        reply_to: int | None = None,
        topic: int | None = None,
    ) -> MessageId:
        """In a forum without a topic: in General, or in the topic of what it replies to."""
        spot = Spot(reply_to, topic)
        return deeds.write(self._world, self.id, self._chat(chat), text, spot).message_id

    async def taps(self, text: str, chat: int | None = None) -> str:
        """Press the button that equals or starts with `text`, on the newest message showing it.

        The query's id. LookupError, with all that is visible, if there is no such button.
        """
        where = self._chat(chat)
        for message_id, data in _buttons_showing(where, text):
            return deeds.tap(self._world, self.id, where, message_id, data).id
        raise LookupError(f"no button {text!r} to tap in:\n{as_screen(self._world, where)}")

    async def taps_data(self, message_id: int, data: str, chat: int | None = None) -> str:
        """Press a button that needn't be there: stale, or forged."""
        return deeds.tap(self._world, self.id, self._chat(chat), message_id, data).id

    async def opens_web_app(self, text: str = "", chat: int | None = None) -> str:
        """The address, signed for this person, of the newest button that begins with `text`.

        Without a text it is the menu button's.
        """
        where = self._chat(chat)
        button = web_app.menu_button(self._world, where)
        menu = [button] if not text else []
        for one in [*menu, *_buttons(where)]:
            app = one.get("web_app")
            if isinstance(app, dict) and str(one["text"]).startswith(text):
                return web_app.opened(self._world, self._world.accounts[self.id], str(app["url"]))
        raise LookupError(f"no Mini App {text!r} to open in:\n{as_screen(self._world, where)}")

    async def edits(self, message_id: int, text: str, chat: int | None = None) -> None:
        deeds.edit(self._world, self.id, self._chat(chat), message_id, text)

    async def sends_sticker(self, chat: int | None = None) -> MessageId:
        return self._sends(self._file("sticker", "sticker.webp", b"sticker"), "", chat)

    async def sends_voice(self, chat: int | None = None) -> MessageId:
        return self._sends(self._file("voice", "voice.ogg", b"voice"), "", chat)

    async def sends_video(self, caption: str = "", chat: int | None = None) -> MessageId:
        return self._sends(self._file("video", "video.mp4", b"video"), caption, chat)

    async def sends_photo(
        self,
        content: bytes = TINY_PNG,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> MessageId:
        return self._sends(self._file("photo", "photo.png", content), caption, chat, reply_to)

    async def sends_document(
        self,
        file_name: str,
        content: bytes,
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> MessageId:
        return self._sends(self._file("document", file_name, content), caption, chat, reply_to)

    async def sends_album(
        self,
        files: Mapping[str, bytes],
        caption: str = "",
        chat: int | None = None,
        reply_to: int | None = None,
        *,
        kind: str = "document",
    ) -> list[MessageId]:
        """From 2 to 10 files at once; the caption stands under the first."""
        several = [self._file(kind, name, content) for name, content in files.items()]
        where = self._chat(chat)
        posts = send_files(self._world, self.id, where, several, caption, Spot(reply_to))
        return [one.message_id for one in posts]

    async def sends_location(self, chat: int | None = None) -> MessageId:
        place = Attachment("location", {"latitude": 55.75, "longitude": 37.62})
        return self._sends(place, "", chat)

    async def sends_contact(self, chat: int | None = None) -> MessageId:
        contact = Attachment("contact", {"phone_number": "+10000000000", "first_name": "Eve"})
        return self._sends(contact, "", chat)

    async def follows(self, link: str) -> MessageId:
        """Tap a link (of a text or of a button) that starts the bot: `/start` and its payload."""
        payload = start_payload(link, self._world.bot.username or "")
        if payload is None:
            raise deeds.CannotDo(f"{link} doesn't start the bot")
        return await self.writes(f"/start {payload}")

    async def blocks_bot(self) -> None:
        membership.change_bot_status(self._world, self.id, self._chat(None), "kicked")

    async def unblocks_bot(self) -> None:
        membership.change_bot_status(self._world, self.id, self._chat(None), "member")

    async def deactivates(self) -> None:
        """Delete the account: no update tells the bot, only its next message fails."""
        self._chat(None).deactivated = True

    def _chat(self, chat: int | None) -> Chat:
        return deeds.chat_for(self._world, self.id, chat)

    def _file(self, kind: str, name: str, content: bytes) -> Attachment:
        return attach(self._world, kind, name, content, None)

    def _sends(
        self, attachment: Attachment, caption: str, chat: int | None, reply_to: int | None = None
    ) -> MessageId:
        where, spot = self._chat(chat), Spot(reply_to)
        (post,) = send_files(self._world, self.id, where, [attachment], caption, spot)
        return post.message_id


class Group:
    """A supergroup, a forum or a basic group; made by `LocalTelegram.group`."""

    def __init__(self, world: World, id: ChatId) -> None:  # noqa: A002 - Telegram's word
        self._world = world
        self.id = id

    async def adds_bot(self, by: Person, *, as_admin: bool = False) -> None:
        status = "administrator" if as_admin else "member"
        membership.change_bot_status(self._world, by.id, self._chat, status)

    async def removes_bot(self, by: Person) -> None:
        membership.change_bot_status(self._world, by.id, self._chat, "kicked")

    async def promotes_bot(self) -> None:
        """To an administrator, who hears everything."""
        self._change_bot("administrator")

    async def demotes_bot(self) -> None:
        self._change_bot("member")

    async def promotes(self, person: Person, *, anonymous: bool = False) -> None:
        """To an administrator; an anonymous one speaks in the group's name from now on."""
        membership.promote(self._world, person.id, self._chat, anonymous=anonymous)

    async def demotes(self, person: Person) -> None:
        membership.demote(self._world, person.id, self._chat)

    async def opens_topic(self, name: str, by: Person | None = None) -> int:
        """Its number, for `Person.writes(…, topic=…)`; by the creator unless `by` another."""
        self._refuse_if_no_forum()
        person = by.id if by else self._chat.members[0]
        return topics.open_topic(self._world, person, self._chat, name).id

    async def renames_topic(self, topic: int, name: str) -> None:
        topics.rename_topic(self._world, self._chat.members[0], self._chat, topic, name)

    async def closes_topic(self, topic: int) -> None:
        """Only administrators write there from now on."""
        topics.close_topic(self._world, self._chat.members[0], self._chat, topic)

    async def deletes_topic(self, topic: int) -> None:
        """With its messages. Nothing tells the bot; its next message there fails."""
        topics.delete_topic(self._world, self._chat, topic)

    async def joins(self, person: Person) -> None:
        membership.join(self._world, person.id, self._chat)

    async def leaves(self, person: Person) -> None:
        membership.leave(self._world, person.id, self._chat)

    async def becomes_supergroup(self, new_id: int) -> "Group":
        """The new group; calls to the old one are refused with its number from now on."""
        new = membership.become_supergroup(self._world, self._chat, ChatId(new_id))
        return Group(self._world, new.id)

    @property
    def _chat(self) -> Chat:
        return self._world.chats[self.id]

    def _change_bot(self, status: str) -> None:
        chat = self._chat
        if chat.bot_status not in membership.HERE:
            raise deeds.CannotDo(f"the bot isn't in {chat.title}")
        membership.change_bot_status(self._world, chat.members[0], chat, status)

    def _refuse_if_no_forum(self) -> None:
        if not self._chat.is_forum:
            raise deeds.CannotDo(f"{self._chat.title} is no forum")


def _buttons_showing(chat: Chat, text: str) -> Iterator[tuple[MessageId, str]]:
    """Callback buttons of the newest message that has one; an exact text before a beginning."""
    for post in _newest_first(chat):
        buttons = [button for row in post.keyboard or [] for button in row]
        buttons = [button for button in buttons if "callback_data" in button]
        exact = [button for button in buttons if button["text"] == text]
        begun = [button for button in buttons if str(button["text"]).startswith(text)]
        for button in exact + begun:
            yield post.message_id, str(button["callback_data"])


def _buttons(chat: Chat) -> Iterator[Json]:
    for post in _newest_first(chat):
        yield from (button for row in post.keyboard or [] for button in row)


def _newest_first(chat: Chat) -> list[Post]:
    return sorted(chat.posts.values(), key=lambda one: -one.message_id)
