"""The page of conversations, as it leaves: one document, plain modules, words in a language."""

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

from aiohttp import hdrs, web

from luka_bot.locales import LANGUAGES, catalog_of, words_for
from luka_bot.web.admin.caller import spoken

_FOLDER = files("luka_bot.web.app")
_KINDS = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_TELEGRAM = "https://telegram.org"  # its script dresses the page inside Telegram
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self' {_TELEGRAM}; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org http://127.0.0.1:*"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class AppPage:
    """retries: how often the page tries to connect again before it gives up."""

    def __init__(self, retries: int) -> None:
        self._retries = retries
        self._static = dict(_static())
        self._document = _document(self._static)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/app", self.document),
            web.get("/app/", self.document),
            web.get("/app/static/{name}", self.static),
            web.get("/app/words.json", self.words),
            web.get("/app/config.json", self.config),
        ]

    async def document(self, _request: web.Request) -> web.Response:
        headers = {**HEADERS, hdrs.CACHE_CONTROL: "no-cache"}
        return web.Response(
            body=self._document, content_type="text/html", charset="utf-8", headers=headers
        )

    async def static(self, request: web.Request) -> web.Response:
        """Asked for again each time, and sent only if it is another: an update is seen at once."""
        found = self._static.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        body, kind, tag = found
        headers = {**HEADERS, hdrs.CACHE_CONTROL: "no-cache", hdrs.ETAG: tag}
        if request.headers.get(hdrs.IF_NONE_MATCH) == tag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)

    async def words(self, request: web.Request) -> web.Response:
        """lang: what they have chosen; else what their browser asks for."""
        chosen = request.query.get("lang", "")
        language = chosen if chosen in LANGUAGES else spoken(request).language
        headers = {**HEADERS, hdrs.CACHE_CONTROL: "no-cache", hdrs.VARY: hdrs.ACCEPT_LANGUAGE}
        names = {one: words_for(one)("settings.own_name") for one in LANGUAGES}
        answer = {"language": language, "languages": names, "words": sentences(language)}
        return web.json_response(answer, headers=headers)

    async def config(self, _request: web.Request) -> web.Response:
        answer = {"ws_max_retries": self._retries}
        return web.json_response(answer, headers={**HEADERS, hdrs.CACHE_CONTROL: "no-cache"})


def sentences(language: str) -> dict[str, str]:
    """Those of the page; none of them has forms for numbers."""
    return {
        str(message.id): str(message.string)
        for message in catalog_of(language)
        if isinstance(message.id, str) and message.id.startswith("app.")
    }


def _document(static: Iterable[str]) -> bytes:
    """It names all modules, so that a browser asks for them at once and not one after another."""
    names = sorted(name for name in static if name.endswith(".js"))
    links = "\n".join(f'<link rel="modulepreload" href="/app/static/{name}">' for name in names)
    text = (_FOLDER / "index.html").read_text("utf-8")
    return text.replace("<!-- modules -->", links).encode()


def _static() -> Iterable[tuple[str, tuple[bytes, str, str]]]:
    for file in (_FOLDER / "static").iterdir():
        ending = file.name.rpartition(".")[2]
        if ending in _KINDS:
            body = file.read_bytes()
            yield file.name, (body, _KINDS[ending], f'"{sha256(body).hexdigest()[:16]}"')
