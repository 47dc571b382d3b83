"""Files to people and from them."""

from dataclasses import dataclass, replace

from luka_bot.demo.telegram.attaching import ALBUM, MIXABLE, attach
from luka_bot.demo.telegram.body import composed_caption
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.keyboards import checked_keyboard, refuse_web_apps
from luka_bot.demo.telegram.methods.addressing import reply_of, topic_of, writable_chat
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Attachment, Body, Chat, Post
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.wire import message_json
from luka_bot.demo.telegram.world import World

LARGEST_UPLOAD = {"document": 50 << 20, "photo": 10 << 20}
LARGEST_DOWNLOAD = 20 << 20


@dataclass(frozen=True, slots=True)
class _File:
    body: Body
    attachment: Attachment


@method("sendDocument")
def send_document(world: World, params: Params) -> object:
    return _send_file(world, params, "document")


@method("sendPhoto")
def send_photo(world: World, params: Params) -> object:
    return _send_file(world, params, "photo")


@method("sendMediaGroup")
def send_media_group(world: World, params: Params) -> object:
    """Each file counts as a message."""
    chat = writable_chat(world, params)
    reply_of(chat, params)
    files = _album(world, params)
    for _ in files:
        world.flood.send(chat.id)
    return [message_json(world, _put(world, params, chat, one)) for one in files]


@method("getFile")
def get_file(world: World, params: Params) -> object:
    file = world.files.get(params.text("file_id") or "")
    if file is None:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise BadRequest("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": f"u{file.id}",
        "file_size": len(file.content),
        "file_path": f"documents/{file.id}",
    }


def _send_file(world: World, params: Params, kind: str) -> object:
    body = _caption(params)
    keyboard = checked_keyboard(params.nested("reply_markup"))
    chat = writable_chat(world, params)
    refuse_web_apps(chat, keyboard)
    reply_of(chat, params)
    attachment = _attachment(world, params, kind, params.values.get(kind))
    world.flood.send(chat.id)
    return message_json(world, _put(world, params, chat, _File(body, attachment)))


def _put(world: World, params: Params, chat: Chat, file: _File) -> Post:
    post = Post(
        message_id=world.new_message_id(chat),
        chat_id=chat.id,
        sender=world.bot.id,
        date=int(world.clock()),
        body=file.body,
        keyboard=checked_keyboard(params.nested("reply_markup")),
        reply_to=reply_of(chat, params),
        attachment=file.attachment,
        silent=params.flag("disable_notification"),
        topic=topic_of(chat, params),
    )
    return world.keep(post)


def _album(world: World, params: Params) -> list[_File]:
    """Telegram itself takes a single one too, but documents it as refused."""
    media = params.items("media")
    if not media:
        raise BadRequest("there are no messages to send")
    if len(media) not in ALBUM:
        raise BadRequest(f"an album has from {ALBUM[0]} to {ALBUM[-1]} messages")
    described = [one for one in media if isinstance(one, dict)]
    kinds = {str(one.get("type")) for one in described}
    if len(described) != len(media) or not kinds <= LARGEST_UPLOAD.keys():
        raise BadRequest("can't parse InputMedia: wrong type")
    if len(kinds) > 1 and not kinds <= MIXABLE:
        raise BadRequest("document can't be mixed with other media types")
    album = world.new_album()
    return [_of_album(world, params, one, album) for one in described]


def _of_album(world: World, params: Params, media: Json, album: str) -> _File:
    kind = str(media["type"])
    attachment = _attachment(world, params, kind, media.get("media"))
    return _File(_caption(Params(media)), replace(attachment, album=album))


def _caption(params: Params) -> Body:
    mode, entities = params.text("parse_mode"), params.nested("caption_entities")
    return composed_caption(params.text("caption"), mode, entities)


def _attachment(world: World, params: Params, kind: str, value: object) -> Attachment:
    if not value:
        raise BadRequest(f"there is no {kind} in the request")
    upload = params.attached(value)
    if upload is None:
        known = world.files.get(str(value))
        if known is None:
            raise BadRequest("wrong file identifier/HTTP URL specified")
        return attach(world, kind, known.name, known.content, known.mime)
    if not upload.content:
        raise BadRequest("file must be non-empty")
    if len(upload.content) > LARGEST_UPLOAD[kind]:
        raise BadRequest(f"{kind} is too big")
    return attach(world, kind, upload.name, upload.content, upload.mime)
