"""Files to people and from them."""

from luka_bot.demo.telegram.body import composed_caption
from luka_bot.demo.telegram.deeds import attach
from luka_bot.demo.telegram.keyboards import checked_keyboard, refuse_web_apps
from luka_bot.demo.telegram.methods.addressing import reply_of, topic_of, writable_chat
from luka_bot.demo.telegram.params import Params
from luka_bot.demo.telegram.records import Attachment, Post
from luka_bot.demo.telegram.refusal import BadRequest
from luka_bot.demo.telegram.registry import method
from luka_bot.demo.telegram.wire import message_json
from luka_bot.demo.telegram.world import World

LARGEST_UPLOAD = {"document": 50 << 20, "photo": 10 << 20}
LARGEST_DOWNLOAD = 20 << 20


@method("sendDocument")
def send_document(world: World, params: Params) -> object:
    return _send_file(world, params, "document")


@method("sendPhoto")
def send_photo(world: World, params: Params) -> object:
    return _send_file(world, params, "photo")


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
    mode, entities = params.text("parse_mode"), params.nested("caption_entities")
    body = composed_caption(params.text("caption"), mode, entities)
    keyboard = checked_keyboard(params.nested("reply_markup"))
    chat = writable_chat(world, params)
    refuse_web_apps(chat, keyboard)
    reply_to = reply_of(chat, params)
    attachment = _attachment(world, params, kind)
    world.flood.send(chat.id)
    post = Post(
        message_id=world.new_message_id(chat),
        chat_id=chat.id,
        sender=world.bot.id,
        date=int(world.clock()),
        body=body,
        keyboard=keyboard,
        reply_to=reply_to,
        attachment=attachment,
        silent=params.flag("disable_notification"),
        topic=topic_of(chat, params),
    )
    return message_json(world, world.keep(post))


def _attachment(world: World, params: Params, kind: str) -> Attachment:
    if not params.has(kind):
        raise BadRequest(f"there is no {kind} in the request")
    upload = params.upload(kind)
    if upload is None:
        known = world.files.get(params.text(kind) or "")
        if known is None:
            raise BadRequest("wrong file identifier/HTTP URL specified")
        return attach(world, kind, known.name, known.content, known.mime)
    if not upload.content:
        raise BadRequest("file must be non-empty")
    if len(upload.content) > LARGEST_UPLOAD[kind]:
        raise BadRequest(f"{kind} is too big")
    return attach(world, kind, upload.name, upload.content, upload.mime)
