"""The messages of a growing answer: a page that is full is closed and never changes again."""

import re

from luka_bot.delivery.formatting import render
from luka_bot.delivery.half_open import presentable, whole
from luka_bot.delivery.page_end import PageEnd, page_end
from luka_bot.delivery.rendered import ENTITY_LIMIT, Rendered, utf16_len
from luka_bot.delivery.split import PART_SIZE

_MARKS = re.compile(r"[*_`~\[#$>!|]|://")


class Pages:
    """Markdown goes in as it grows, pages come out. Each character of it is on one page."""

    def __init__(self, size: int = PART_SIZE) -> None:
        self._size = size
        self._done = ""
        self._opening = ""
        self._full: list[Rendered] = []

    def growing(self, markdown: str) -> tuple[Rendered, ...]:
        """All pages; the last one is readable, but its text isn't at its end."""
        return self._with_last(render(presentable(self._rest(markdown))))

    def final(self, markdown: str) -> tuple[Rendered, ...]:
        return self._with_last(render(self._rest(markdown)))

    @property
    def full(self) -> int:
        """How many pages are closed."""
        return len(self._full)

    def _with_last(self, page: Rendered) -> tuple[Rendered, ...]:
        return tuple(self._full) if page.blank else (*self._full, page)

    def _rest(self, markdown: str) -> str:
        """What isn't on a full page yet, after closing the pages that are."""
        if not markdown.startswith(self._done):
            self._done, self._opening, self._full = "", "", []
        while tail := markdown[len(self._done) :].strip("\n"):
            rest = self._opening + tail
            if self._surely_fits(rest) or self._load(rest) <= 1:
                return rest
            self._close(rest, page_end(rest, self._size, self._load))
        return ""

    def _close(self, rest: str, end: PageEnd) -> None:
        taken = rest[len(self._opening) : end.at + end.skipped]
        if not taken:
            self._opening = ""  # a table's head alone fills a page: go on without repeating it
            return
        page = render(whole(rest[: end.at]))
        if not page.blank:
            self._full.append(page)
        self._done += taken
        self._opening = end.opening

    def _surely_fits(self, markdown: str) -> bool:
        few = len(_MARKS.findall(markdown)) <= ENTITY_LIMIT
        return few and "|" not in markdown and utf16_len(markdown) <= self._size

    def _load(self, markdown: str) -> float:
        """How full a page is with this on it; above 1 it doesn't fit."""
        page = render(whole(markdown))
        return max(utf16_len(page.text) / self._size, len(page.entities) / ENTITY_LIMIT)
