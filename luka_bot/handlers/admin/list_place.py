"""A place in the list of people, small enough for a button that leads back to it."""

from dataclasses import dataclass
from typing import Self

from luka_bot.models.person import Standing

QUERY_BYTES = 24  # a button carries 64 bytes in all; a longer name is looked for by its beginning
PAGE = 8

_SIGNS = {"": None, "w": Standing.WAITING, "a": Standing.ALLOWED, "b": Standing.BANNED}
FILTERS = tuple(_SIGNS.values())


@dataclass(frozen=True, slots=True)
class ListPlace:
    """standing None: all of them."""

    standing: Standing | None = None
    offset: int = 0
    query: str = ""

    @classmethod
    def search(cls, words: str) -> Self:
        """A colon stands between the parts of a button's data, so none can be looked for."""
        fits = words.strip().partition(":")[0].encode()[:QUERY_BYTES]
        return cls(query=fits.decode(errors="ignore"))

    def pack(self) -> str:
        sign = next(sign for sign, standing in _SIGNS.items() if standing is self.standing)
        return f"{sign}{self.offset}.{self.query}"

    @classmethod
    def unpack(cls, packed: str) -> Self:
        """The whole list where it can't be read: buttons can be forged."""
        head, _, query = packed.partition(".")
        number = head.lstrip("wab")
        if not number.isdecimal() or len(number) > 6:
            return cls()
        return cls(_SIGNS.get(head.removesuffix(number)), int(number), query)
