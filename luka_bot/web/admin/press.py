"""Pages as they leave: rendered, in the reader's language, and with the headers that guard them."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.resources import files

from aiohttp import hdrs, web
from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup

from luka_bot.locales import Words
from luka_bot.models.errors import LukaError
from luka_bot.services.days import zone
from luka_bot.web.admin.caller import Caller

_LIVE = "live"  # the block of a template that changes while it is looked at
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


@dataclass(frozen=True, slots=True)
class Site:
    """home: the path that all of its pages begin with. start: of its first page. packages: whose
    templates and files it has; of those of one name, the first one's. kinds: of its files."""

    home: str
    start: str
    packages: tuple[str, ...]
    kinds: dict[str, str]
    headers: dict[str, str]


ADMIN = Site(
    "/admin",
    "/admin",
    ("luka_bot.web.admin",),
    {"style.css": "text/css", "icon.svg": "image/svg+xml"},
    HEADERS,
)


class Sorry(LukaError):
    """Ends in a page that says what to do; key: of its sentences."""

    def __init__(self, key: str, status: int) -> None:
        super().__init__(key, status)
        self.key = key
        self.status = status


class Press:
    def __init__(self, site: Site = ADMIN) -> None:
        self._site = site
        self._templates = Environment(
            loader=_loader(site.packages),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._static = {name: _static(site.packages, name) for name in site.kinds}

    def page(
        self, name: str, caller: Caller, *, status: int = 200, **values: object
    ) -> web.Response:
        """Only what changes on it where no more is asked for."""
        template = self._templates.get_template(f"{name}.html")
        values.update(_vocabulary(caller.words, caller.zone))
        values.update(visit=caller.visit, page=name, home=self._site.home, start=self._site.start)
        text = _live(template, values) if caller.part else template.render(values)
        headers = dict(self._site.headers)
        return web.Response(text=text, status=status, content_type="text/html", headers=headers)

    def sorry(self, caller: Caller, key: str, status: int, text: str = "") -> web.Response:
        """Something that can't be done; text says what where the key's own sentence doesn't."""
        return self.page("sorry", caller, status=status, key=key, text=text)

    async def static(self, request: web.Request, _caller: Caller) -> web.Response:
        name = request.match_info["name"]
        kind = self._site.kinds.get(name)
        if kind is None:
            raise Sorry("gone", 404)
        return web.Response(
            body=self._static[name],
            content_type=kind,
            charset="utf-8",
            headers={**self._site.headers, hdrs.CACHE_CONTROL: "max-age=300"},
        )


def elsewhere(path: str) -> web.Response:
    """After what was done, so that reloading the page doesn't do it again."""
    return web.Response(status=303, headers={**HEADERS, hdrs.LOCATION: path})


def _loader(packages: tuple[str, ...]) -> ChoiceLoader:
    """`admin/base.html` is that package's own, whoever has another."""
    loaders = {
        name.rpartition(".")[2]: FunctionLoader(partial(_template, name)) for name in packages
    }
    return ChoiceLoader([*loaders.values(), PrefixLoader(loaders)])


def _template(package: str, name: str) -> str | None:
    file = files(package) / "templates" / name
    return file.read_text("utf-8") if file.is_file() else None


def _static(packages: tuple[str, ...], name: str) -> bytes:
    found = (files(package) / "static" / name for package in packages)
    return next(file for file in found if file.is_file()).read_bytes()


def _live(template: Template, values: dict[str, object]) -> str:
    block = template.blocks.get(_LIVE)
    return "".join(block(template.new_context(values))) if block else template.render(values)


def _vocabulary(words: Words, time_zone: str) -> dict[str, object]:
    """What templates call; html is for sentences with tags of their own."""

    def counted(key: str, number: int, **values: object) -> Markup:
        return Markup(words.count(key, number, **values))  # noqa: S704 - the catalog's tags, values escaped

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
