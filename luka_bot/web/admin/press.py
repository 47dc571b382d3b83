"""Pages as they leave: rendered, in the reader's language, and with the headers that guard them."""

import math
from collections.abc import Callable
from datetime import datetime
from functools import partial
from importlib.resources import files

from aiohttp import hdrs, web
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from luka_bot.locales import Words
from luka_bot.models.errors import LukaError
from luka_bot.services.days import zone
from luka_bot.web.admin.caller import Caller

_FOLDER = files("luka_bot.web.admin")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would say `Origin: null` of our own forms.
    "Referrer-Policy": "same-origin",
    hdrs.CACHE_CONTROL: "no-store",
}
KINDS = {"style.css": "text/css", "icon.svg": "image/svg+xml"}


class Sorry(LukaError):
    """Ends in a page that says what to do; key: of its sentences."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key, status)
        self.key = key
        self.status = status


class Press:
    def __init__(self) -> None:
        self._templates = Environment(
            loader=FunctionLoader(_template),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._static = {name: (_FOLDER / "static" / name).read_bytes() for name in KINDS}

    def page(
        self, name: str, caller: Caller, *, status: int = 200, **values: object
    ) -> web.Response:
        text = self._templates.get_template(f"{name}.html").render(
            **_vocabulary(caller.words, caller.zone), visit=caller.visit, page=name, **values
        )
        return web.Response(
            text=text, status=status, content_type="text/html", headers=dict(HEADERS)
        )

    def sorry(self, caller: Caller, key: str, status: int, text: str = "") -> web.Response:
        """Something that can't be done; text says what where the key's own sentence doesn't."""
        return self.page("sorry", caller, status=status, key=key, text=text)

    async def static(self, request: web.Request, _caller: Caller) -> web.Response:
        name = request.match_info["name"]
        if name not in KINDS:
            raise Sorry("gone", 404)
        return web.Response(
            body=self._static[name],
            content_type=KINDS[name],
            charset="utf-8",
            headers={**HEADERS, hdrs.CACHE_CONTROL: "max-age=300"},
        )


def elsewhere(path: str) -> web.Response:
    """After what was done, so that reloading the page doesn't do it again."""
    return web.Response(status=303, headers={**HEADERS, hdrs.LOCATION: path})


def _template(name: str) -> str:
    return (_FOLDER / "templates" / name).read_text("utf-8")


def _vocabulary(words: Words, time_zone: str) -> dict[str, object]:
    """What templates call; html is for sentences with tags of their own."""

    def counted(key: str, number: int) -> Markup:
        return Markup(words.count(key, number))  # noqa: S704 - the catalog's tags, values escaped

    def html(key: str, **values: object) -> Markup:
        return Markup(words.html(key, **values))  # noqa: S704 - the same

    named: dict[str, Callable[..., object]] = {
        "t": words,
        "counted": counted,
        "html": html,
        "moment": partial(moment, time_zone=time_zone),
        "size": size,
        "number": lambda value: f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
    }
    return {**named, "language": words.language, "zone": time_zone}


def moment(seconds: float, time_zone: str) -> str:
    return f"{datetime.fromtimestamp(seconds, zone(time_zone)):%Y-%m-%d %H:%M}"


def size(number: float) -> str:
    """Bytes, as disks and memory are sold."""
    power = min(4, int(math.log(number, 1000))) if number >= 1 else 0
    return f"{number / 1000**power:.3g} {('B', 'kB', 'MB', 'GB', 'TB')[power]}"
