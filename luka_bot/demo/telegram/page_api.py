"""The demo page's door: its files, the state, what its people do, and events."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast

from aiohttp import web

from luka_bot.demo.telegram import deeds, web_app
from luka_bot.demo.telegram.attaching import attach, send_files
from luka_bot.demo.telegram.deeds import CannotDo
from luka_bot.demo.telegram.happenings import Happening
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.page_view import page_event, state_json
from luka_bot.demo.telegram.records import Chat, Spot
from luka_bot.demo.telegram.sse import EventStream
from luka_bot.demo.telegram.world import World
from luka_bot.models.ids import UserId

PAGE = Path(__file__).parent.parent / "page"
CONTENT_SECURITY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; "
    "frame-src https: http://127.0.0.1:* http://localhost:*; "  # Mini Apps
    "form-action 'self'; frame-ancestors 'none'"
)
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PageApi:
    def __init__(self, world: World, events: EventStream, model: Callable[[], str]) -> None:
        self._world = world
        self._events = events
        self._model = model
        world.listeners.append(self._publish)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/demo/state", _told(self.state)),
            web.get("/demo/events", self._events.serve),
            web.post("/demo/send", _told(self.send)),
            web.post("/demo/tap", _told(self.tap)),
            web.post("/demo/web_app", _told(self.web_app)),
            web.post("/demo/edit", _told(self.edit)),
            web.post("/demo/upload", _told(self.upload)),
            web.get("/demo/files/{file_id}", self.file),
            web.get("/", self.page),
            web.get(r"/{name:[\w-]+\.(?:html|js|css|svg|png|ico)}", self.page),
        ]

    async def state(self, _request: web.Request) -> Json:
        return state_json(self._world, self._model())

    async def send(self, request: web.Request) -> Json:
        wish = await _json_body(request)
        person, chat = self._where(wish)
        spot = Spot(_maybe(wish, "reply_to"), _maybe(wish, "topic"))
        post = deeds.write(self._world, person, chat, str(wish.get("text", "")), spot)
        return {"message_id": post.message_id}

    async def tap(self, request: web.Request) -> Json:
        wish = await _json_body(request)
        person, chat = self._where(wish)
        data = str(wish.get("data", ""))
        tap = deeds.tap(self._world, person, chat, _number(wish, "message_id"), data)
        return {"query_id": tap.id}

    async def web_app(self, request: web.Request) -> Json:
        wish = await _json_body(request)
        person, chat = self._where(wish)
        url = str(wish.get("url", ""))
        if url not in web_app.offered(self._world, chat):
            raise CannotDo(f"no button here opens {url}")
        return {"url": web_app.opened(self._world, self._world.accounts[person], url)}

    async def edit(self, request: web.Request) -> Json:
        wish = await _json_body(request)
        person, chat = self._where(wish)
        message_id = _number(wish, "message_id")
        deeds.edit(self._world, person, chat, message_id, str(wish.get("text", "")))
        return {}

    async def upload(self, request: web.Request) -> Json:
        """Several files are an album; the number is the first one's."""
        form = await request.post()
        wish: Json = dict(form)
        person, chat = self._where(wish)
        kind, caption = str(wish.get("kind", "document")), str(wish.get("caption", ""))
        files = [
            attach(self._world, kind, one.filename, one.file.read(), one.content_type)
            for one in form.getall("file", [])
            if isinstance(one, web.FileField)
        ]
        if not files:
            raise CannotDo("there is no file")
        spot = Spot(_written(wish, "reply_to"), _written(wish, "topic"))
        posts = send_files(self._world, person, chat, files, caption, spot)
        return {"message_id": posts[0].message_id}

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Only pictures open in the page; everything else is a download."""
        file = self._world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        safe = file.mime in PICTURES
        headers = SAFE_HEADERS | {"Content-Security-Policy": "default-src 'none'; sandbox"}
        response = web.Response(body=file.content, headers=headers)
        response.content_type = file.mime if safe else "application/octet-stream"
        if not safe:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def page(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info.get("name", "index.html")
        if not path.is_file():
            raise web.HTTPNotFound
        headers = SAFE_HEADERS | {"Content-Security-Policy": CONTENT_SECURITY}
        return web.FileResponse(path, headers=headers)

    def _where(self, wish: Json) -> tuple[UserId, Chat]:
        person_id = UserId(_number(wish, "person_id"))
        return person_id, deeds.chat_for(self._world, person_id, _number(wish, "chat_id"))

    def _publish(self, happening: Happening) -> None:
        if self._events.readers and (event := page_event(self._world, happening)):
            self._events.publish(event)


def _told(work: Callable[[web.Request], Awaitable[Json]]) -> Handler:
    """JSON out, and a sentence instead of a failure. Other sites' pages may not use us."""

    async def handler(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != request.host:
            return web.json_response({"error": "this is not your page"}, status=403)
        try:
            return web.json_response(await work(request), headers=SAFE_HEADERS)
        except CannotDo as error:
            return web.json_response({"error": str(error)}, status=400)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({"error": "the file is too large"}, status=413)

    return handler


async def _json_body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise CannotDo("the request is no JSON") from error
    if not isinstance(body, dict):
        raise CannotDo("the request is no JSON object")
    return cast("Json", body)


def _maybe(wish: Json, name: str) -> int | None:
    value = wish.get(name)
    return value if isinstance(value, int) else None


def _written(wish: Json, name: str) -> int | None:
    """In a form, where what isn't there is empty."""
    return _number(wish, name) if wish.get(name) else None


def _number(wish: Json, name: str) -> int:
    try:
        return int(str(wish[name]))
    except (KeyError, ValueError) as error:
        raise CannotDo(f"{name} must be a number") from error
