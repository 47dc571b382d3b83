"""Who asks for a page, and how they read it."""

from dataclasses import dataclass

from aiohttp import hdrs, web

from luka_bot.locales import LANGUAGES, Words, words_for
from luka_bot.services.sessions import Visit

COOKIE = "luka_session"
PART = "Luka-Part"  # a header of our own scripts


@dataclass(frozen=True, slots=True)
class Caller:
    """visit: None for who isn't signed in. zone: in which times are shown (IANA). part: that only
    what changes on the page is asked for."""

    words: Words
    zone: str
    visit: Visit | None = None
    part: bool = False

    @property
    def known(self) -> Visit:
        """For pages that nobody else can open."""
        if self.visit is None:
            raise LookupError("a page that is open to anybody, and asks who it is")
        return self.visit


def token_of(request: web.Request) -> str:
    return request.cookies.get(COOKIE, "")


def spoken(request: web.Request, chosen: str = "", usual: str = "") -> Words:
    """chosen: by themselves. usual: where their browser asks for none that we speak."""
    return words_for(chosen or _asked_for(request.headers.get(hdrs.ACCEPT_LANGUAGE, "")) or usual)


def _asked_for(header: str) -> str:
    """The first by weight, such as `ru-RU,ru;q=0.9,en;q=0.8` has them."""
    weighed = [_weighed(part) for part in header.split(",")]
    ours = [one for one in weighed if one[1] in LANGUAGES]
    return max(ours, key=lambda one: one[0], default=(0.0, ""))[1]


def _weighed(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";")
    try:
        share = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        share = 0.0
    return share, tag.strip().partition("-")[0].lower()
