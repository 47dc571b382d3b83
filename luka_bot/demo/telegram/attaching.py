"""Files that people send: one with a message, or several as an album."""

from collections.abc import Sequence
from dataclasses import replace

from luka_bot.demo.telegram import deeds
from luka_bot.demo.telegram.body import typed
from luka_bot.demo.telegram.deeds import NOWHERE, CannotDo
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Attachment, Body, Chat, Post, Spot
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import UserId

ALBUM = range(2, 11)  # files
MIXABLE = frozenset({"photo", "video"})


def send_files(
    world: World,
    person_id: UserId,
    chat: Chat,
    files: Sequence[Attachment],
    caption: str = "",
    spot: Spot = NOWHERE,
) -> list[Post]:
    """Several are an album: each a message, and an update, of its own; caption on the first."""
    if not files or len(files) > ALBUM[-1]:
        raise CannotDo(f"from 1 to {ALBUM[-1]} files go at once")
    kinds = {one.kind for one in files}
    if len(kinds) > 1 and not kinds <= MIXABLE:
        raise CannotDo("these kinds of files can't go together")
    album = world.new_album() if len(files) in ALBUM else None
    body = typed(caption) if caption else Body("")
    posts = []
    for one in files:
        attachment = replace(one, album=album)
        posts.append(deeds.send(world, person_id, chat, body, attachment=attachment, spot=spot))
        body = Body("")
    return posts


def attach(world: World, kind: str, name: str, content: bytes, mime: str | None) -> Attachment:
    """A file as people send it; `kind` is document, photo, voice, sticker or video."""
    file = world.store(name, content, mime)
    known: Json = {
        "file_id": file.id,
        "file_unique_id": f"u{file.id}",
        "file_size": len(content),
    }
    match kind:
        case "document":
            payload: object = {**known, "file_name": name, "mime_type": file.mime}
        case "photo":
            payload = [{**known, "width": 640, "height": 480}]
        case "voice":
            payload = {**known, "duration": 3, "mime_type": "audio/ogg"}
        case "video":
            payload = {
                **known,
                "width": 640,
                "height": 480,
                "duration": 5,
                "mime_type": "video/mp4",
            }
        case "sticker":
            flags = {"is_animated": False, "is_video": False, "emoji": "🙂"}
            payload = {**known, "type": "regular", "width": 512, "height": 512, **flags}
        case _:
            raise CannotDo(f"people can't send a {kind} here")
    return Attachment(kind, payload, file.id)
