"""The messages of a growing answer: a page that is full is closed and never changes again."""

from collections.abc import Callable

from luka_bot.delivery.formatting import render
from luka_bot.delivery.half_open import presentable, whole
from luka_bot.delivery.page_end import page_end
from luka_bot.delivery.rendered import ENTITY_LIMIT, NOTHING, Rendered, utf16_len
from luka_bot.delivery.split import PART_SIZE

WINDOW = 3  # pages that are looked at to fill one


class Pages:
    """Markdown goes in as it grows, pages come out. Each character of it is on one page.

    above: what begins the first page, and takes its room there.
    """

    def __init__(self, size: int = PART_SIZE, above: Rendered = NOTHING) -> None:
        self._whole = size
        self.above = above
        self._done = ""
        self._opening = ""
        self._full: list[Rendered] = []

    def growing(self, markdown: str) -> tuple[Rendered, ...]:
        """All pages; the last one is readable, but its text isn't at its end."""
        return self._headed(self._drawn(markdown, presentable))

    def final(self, markdown: str) -> tuple[Rendered, ...]:
        return self._headed(self._drawn(markdown, str))

    @property
    def full(self) -> int:
        """How many pages are closed."""
        return len(self._full)

    def _headed(self, pages: tuple[Rendered, ...]) -> tuple[Rendered, ...]:
        if self.above.blank:
            return pages
        first, *rest = pages or (NOTHING,)
        return (first.under(self.above), *rest)

    @property
    def _taken(self) -> Rendered:
        """What stands on the page already that is filled now."""
        return NOTHING if self._full else self.above

    @property
    def _size(self) -> int:
        return self._whole - utf16_len(self._taken.text) - 1 if self._taken.text else self._whole

    def _drawn(self, markdown: str, shape: Callable[[str], str]) -> tuple[Rendered, ...]:
        """shape makes of the rest what the last page shows, and what is measured of it."""
        if not markdown.startswith(self._done):
            self._done, self._opening, self._full = "", "", []
        while tail := markdown[len(self._done) :].rstrip("\n"):
            self._done += tail[: -len(tail.lstrip("\n"))]
            rest = self._opening + tail.lstrip("\n")
            some = self._enough(rest)
            if some == rest:
                page = render(shape(rest))
                if self._load(page) <= 1:
                    return tuple(self._full) if page.blank else (*self._full, page)
            self._close(some)
        return tuple(self._full)

    def _enough(self, rest: str) -> str:
        """As much as surely fills a page: of a long answer not all is rendered for each of them."""
        length = WINDOW * self._size
        while length < len(rest) and self._load(render(whole(rest[:length]))) <= 1:
            length *= 2
        return rest[:length]

    def _close(self, rest: str) -> None:
        end = page_end(rest, self._size, lambda part: self._load(render(whole(part))))
        taken = rest[len(self._opening) : end.at + end.skipped]
        if not taken:
            self._opening = ""  # a table's head alone fills a page: go on without repeating it
            return
        page = render(whole(rest[: end.at]))
        if not page.blank:
            self._full.append(page)
        self._done += taken
        self._opening = end.opening

    def _load(self, page: Rendered) -> float:
        """How full a message is with this; above 1 it doesn't fit."""
        entities = ENTITY_LIMIT - len(self._taken.entities)
        return max(utf16_len(page.text) / self._size, len(page.entities) / entities)
