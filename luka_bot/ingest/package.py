"""What is worked on as one: an update, the pieces of a message that an app has split, an album."""

from dataclasses import dataclass, replace
from typing import Any, Self

from luka_bot.ingest.raw_updates import RawUpdate, lane_of

PIECE = 4000  # UTF-16 units; apps split at 4096, or at the last space before that
FULL = 4096  # a piece of just this length was cut in the middle of a word
TOGETHER = 2  # s between two pieces by Telegram's clock
APART = 0.9  # s between their arrivals; clearly less than the first one waits for the second
ALBUM_LIMIT = 10  # files that apps send at once, each a message of its own
ALBUM = "luka_album"  # what a raw update keeps them under, so that also a buried one is whole


@dataclass(frozen=True, slots=True)
class Package:
    """entry_ids are its places in the inbox; tries says how many starts it has not outlived.

    recovered: another process had it before, and ended without having dealt with it.
    at: when the last of it was stored, in seconds since the epoch.
    """

    entry_ids: tuple[str, ...]
    raw: RawUpdate
    tries: int = 0
    recovered: bool = False
    at: float = 0.0

    @property
    def lane(self) -> str:
        return lane_of(self.raw)

    @property
    def may_go_on(self) -> bool:
        """Whether this is so long that its app may have split it, or of an album, and more
        follows."""
        return bool(_group(_message(self.raw))) or _units(_text(self.raw)) >= PIECE

    @property
    def full(self) -> bool:
        """An album that nothing can be added to."""
        return len(album_of(self.raw)) >= ALBUM_LIMIT

    def goes_on_in(self, other: Self) -> bool:
        """The same in each run: what the first one answered apart stays apart in the second."""
        first, second = _message(self.raw), _message(other.raw)
        belongs = _continues if _group(first) == _group(second) == "" else _same_album
        together = self.may_go_on and abs(other.at - self.at) <= APART
        return together and _sender(first) == _sender(second) and belongs(first, second)

    def with_more(self, other: Self) -> Self:
        """Both as one: the first message, with the words and the styles of both; or their album."""
        first, second = _message(self.raw), _message(other.raw)
        if _group(first):
            return self._grown(other, {ALBUM: [*album_of(self.raw), second]})
        glue = "" if _units(first["text"]) % FULL == 0 else "\n"
        offset = _units(first["text"] + glue)
        entities = [*_entities(first, 0), *_entities(second, offset)]
        message = first | {
            "text": first["text"] + glue + second["text"],
            "date": second["date"],
            "entities": entities,
        }
        return self._grown(other, {"message": message})

    def _grown(self, other: Self, changed: RawUpdate) -> Self:
        ids = (*self.entry_ids, *other.entry_ids)
        return replace(self, entry_ids=ids, raw=self.raw | changed, at=other.at)


def album_of(raw: RawUpdate) -> list[Any]:
    """The raw messages that came as one, in their order; of a message alone, that one."""
    found = raw.get(ALBUM)
    if isinstance(found, list):
        return found
    return [message] if (message := _message(raw)) else []


def _continues(first: dict[str, Any], second: dict[str, Any]) -> bool:
    text = second.get("text")
    words = isinstance(text, str) and bool(text) and not text.startswith("/")
    return words and 0 <= _date(second) - _date(first) <= TOGETHER


def _same_album(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return _group(first) == _group(second)


def _group(message: dict[str, Any]) -> str:
    group = message.get("media_group_id")
    return group if isinstance(group, str) else ""


def _message(raw: RawUpdate) -> dict[str, Any]:
    message = raw.get("message")
    return message if isinstance(message, dict) else {}


def _text(raw: RawUpdate) -> str:
    text = _message(raw).get("text")
    return text if isinstance(text, str) else ""


def _sender(message: dict[str, Any]) -> object:
    sender = message.get("from")
    return sender.get("id") if isinstance(sender, dict) else None


def _date(message: dict[str, Any]) -> int:
    date = message.get("date")
    return date if isinstance(date, int) else -TOGETHER - 1


def _entities(message: dict[str, Any], offset: int) -> list[Any]:
    """Broken ones stay broken: decoding is for later."""
    found = message.get("entities")
    entities = found if isinstance(found, list) else []
    return [
        entity | {"offset": entity["offset"] + offset}
        if isinstance(entity, dict) and isinstance(entity.get("offset"), int)
        else entity
        for entity in entities
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
