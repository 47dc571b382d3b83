"""Text as Telegram takes it: plain characters, and entities that style ranges of them."""

from dataclasses import dataclass

MESSAGE_LIMIT = 4096  # UTF-16 units; Telegram counts code points, which is never more
ENTITY_LIMIT = 100  # Telegram ignores the rest


@dataclass(frozen=True, slots=True)
class Entity:
    """offset and length count UTF-16 units. kind is Telegram's type (bold, pre, text_link, ...)."""

    kind: str
    offset: int
    length: int
    url: str = ""
    language: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def fits(self) -> bool:
        return utf16_len(self.text) <= MESSAGE_LIMIT and len(self.entities) <= ENTITY_LIMIT

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def utf16_len(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
