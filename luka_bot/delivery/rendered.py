"""Text as Telegram takes it: plain characters, and entities that style ranges of them."""

from dataclasses import dataclass, replace

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

    def under(self, above: "Rendered") -> "Rendered":
        """The same on a line of its own below something else."""
        if above.blank or self.blank:
            return self if above.blank else above
        start = utf16_len(above.text) + 1
        moved = (replace(entity, offset=entity.offset + start) for entity in self.entities)
        return Rendered(f"{above.text}\n{self.text}", (*above.entities, *moved))

    @property
    def fits(self) -> bool:
        return utf16_len(self.text) <= MESSAGE_LIMIT and len(self.entities) <= ENTITY_LIMIT

    @property
    def blank(self) -> bool:
        return not self.text.strip()


NOTHING = Rendered("")


def utf16_len(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
