"""What luka doesn't understand yet, said kindly; and buttons that are no longer of use."""

from aiogram import F, Router
from aiogram.enums import ChatType, ContentType
from aiogram.types import CallbackQuery, Message

from luka_bot.delivery.courier import Courier
from luka_bot.handlers.asker import Asker
from luka_bot.handlers.doing import does
from luka_bot.handlers.screen import Screen
from luka_bot.models.audit import Event
from luka_bot.models.rights import Action
from luka_bot.storage.audit import AuditLog

_SENTENCES = {
    ContentType.VOICE: "unsupported.voice",
    ContentType.AUDIO: "unsupported.voice",
    ContentType.VIDEO_NOTE: "unsupported.video",
    ContentType.VIDEO: "unsupported.video",
    ContentType.ANIMATION: "unsupported.video",
    ContentType.STICKER: "unsupported.sticker",
    ContentType.PHOTO: "unsupported.photo",
    ContentType.DOCUMENT: "unsupported.document",
}

# What Telegram itself writes into a chat; nobody waits for an answer to that.
_SPOKEN = {
    *_SENTENCES,
    ContentType.CONTACT,
    ContentType.DICE,
    ContentType.GAME,
    ContentType.LOCATION,
    ContentType.POLL,
    ContentType.STORY,
    ContentType.VENUE,
    ContentType.PAID_MEDIA,
    ContentType.CHECKLIST,
    ContentType.RICH_MESSAGE,
}


def routes() -> Router:
    """Last of all routers: whatever came this far was understood by nobody."""
    router = Router(name="not_yet")
    private = F.chat.type == ChatType.PRIVATE
    router.message.register(
        unknown_command, private, F.text.startswith("/"), flags=does(Action.UNKNOWN)
    )
    router.message.register(
        unsupported, private, F.content_type.in_(_SPOKEN), flags=does(Action.UNKNOWN)
    )
    router.callback_query.register(stale, flags=does(Action.UNKNOWN))
    return router


async def unknown_command(_: Message, asker: Asker, screen: Screen) -> None:
    await screen.show(asker, asker.words.html("unknown_command"))


async def unsupported(message: Message, asker: Asker, screen: Screen) -> None:
    key = _SENTENCES.get(ContentType(message.content_type), "unsupported.other")
    await screen.show(asker, asker.words.html(key))


async def stale(query: CallbackQuery, asker: Asker, courier: Courier, audit: AuditLog) -> None:
    """A button of an older luka, or none of ours: that can't be told apart, so it is noted."""
    await audit.note(Event.REFUSED, asker.user_id, asker.name, detail="unknown_button")
    await courier.toast(query.id, asker.words("stale"), alert=True)
