"""Telegram's HTML, read as strictly as Telegram reads it."""

import html
import re
from dataclasses import dataclass, field

from luka_bot.demo.telegram import utf16
from luka_bot.demo.telegram.json_types import Json
from luka_bot.demo.telegram.records import Body, Entity
from luka_bot.demo.telegram.refusal import BadRequest

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?\s*""")


@dataclass(slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int


@dataclass(slots=True)
class _Reader:
    raw: str
    at: int = 0
    units: int = 0
    out: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> Body:
        while self.at < len(self.raw):
            if self.raw.startswith("</", self.at):
                self._end_tag()
            elif self.raw[self.at] == "<":
                self._start_tag()
            else:
                self._characters()
        if self.opened:
            name = self.opened[-1].name
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{name}"')
        entities = sorted(self.entities, key=lambda one: (one.offset, -one.length))
        return Body("".join(self.out), tuple(entities))

    def _characters(self) -> None:
        named = NAMED.match(self.raw, self.at)
        piece = named.group() if named else self.raw[self.at]
        self.at += len(piece)
        text = html.unescape(piece) if named else piece
        self.out.append(text)
        self.units += utf16.length(text)

    def _start_tag(self) -> None:
        begin = self.at
        match = NAME.match(self.raw, begin + 1)
        name = match.group().lower() if match else ""
        if name not in KINDS:
            raise self._refusal(
                f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}'
            )
        self.at = begin + 1 + len(name)
        attributes = self._attributes(begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            where = self._byte(begin)
            raise self._refusal(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.opened.append(_Open(name, attributes, self.units))

    def _attributes(self, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while self.at < len(self.raw) and self.raw[self.at] != ">":
            match = ATTRIBUTE.match(self.raw, self.at)
            if match is None or match.end() == self.at:
                break
            found[match.group(1).lower()] = html.unescape((match.group(2) or "").strip("\"'"))
            self.at = match.end()
        if self.at >= len(self.raw) or self.raw[self.at] != ">":
            raise self._refusal(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return found

    def _end_tag(self) -> None:
        begin, where = self.at, self._byte(self.at)
        if not self.opened:
            raise self._refusal(f"Unexpected end tag at byte offset {where}")
        end = self.raw.find(">", begin)
        if end < 0:
            raise self._refusal(f"Unclosed end tag at byte offset {where}")
        name = self.raw[begin + 2 : end].strip().lower()
        last = self.opened.pop()
        if name and name != last.name:
            words = f'expected "</{last.name}>", found "</{name}>"'
            raise self._refusal(f"Unmatched end tag at byte offset {where}, {words}")
        self.at = end + 1
        self._close(last)

    def _close(self, tag: _Open) -> None:
        length = self.units - tag.offset
        parent = self.opened[-1] if self.opened else None
        language = tag.attributes.get("class", "").removeprefix("language-")
        if tag.name == "code" and parent and parent.name == "pre" and parent.offset == tag.offset:
            parent.attributes["language"] = language
            return
        kind, extra = KINDS[tag.name], self._extra(tag)
        if tag.name == "a" and not extra["url"]:
            return
        if tag.name == "blockquote" and "expandable" in tag.attributes:
            kind = "expandable_blockquote"
        if length:
            self.entities.append(Entity(kind, tag.offset, length, extra))

    def _extra(self, tag: _Open) -> Json:
        match tag.name:
            case "a":
                return {"url": tag.attributes.get("href", "")}
            case "pre" if tag.attributes.get("language"):
                return {"language": tag.attributes["language"]}
            case "tg-emoji":
                return {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
            case _:
                return {}

    def _byte(self, index: int) -> int:
        return len(self.raw[:index].encode())

    def _refusal(self, words: str) -> BadRequest:
        return BadRequest(f"can't parse entities: {words}")


def parse_html(text: str) -> Body:
    """BadRequest where Telegram finds a tag unknown, unclosed or in the wrong order."""
    return _Reader(text).read()
