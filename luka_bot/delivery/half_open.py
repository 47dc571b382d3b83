"""Markdown that isn't written to its end yet, made whole so that it looks as it will look."""

import re

from luka_bot.delivery.markup import Event, Mark, events_of

_BLOCKS = frozenset(
    {"Paragraph", "Heading", "Item", "TableCell", "CodeBlock", "BlockQuote", "List"}
)
_DELIMITERS = re.compile(r"`+|\*{1,3}|_{1,3}|~~")
_TRAILING_MARKS = re.compile(r"[\s*_~`\\]+\Z")
_MARKS_ONLY = re.compile(r"(?:\A|\n)[ \t>]*(?:[-=*_+#|~: \t`]+|\d+[.)]?)[ \t]*\Z")
_TABLE_HEAD = re.compile(r"(?:\A|(?<=\n))(?<!\|\n)(?<!\| \n)\|[^\n]*(?:\n\|[-:| \t]*)?\Z")
_HALF_LINK = re.compile(r"!?\[([^\[\]\n]*)(?:\](?:\([^()\s]*)?)?\Z")


def whole(markdown: str) -> str:
    """Close what is open. Nothing is taken away but blanks at the end."""
    marks = open_marks(markdown)
    return markdown.rstrip() + "".join(reversed(marks)) if marks else markdown


def presentable(markdown: str) -> str:
    """For previews: also leaves out a beginning at the end that nobody can read yet."""
    if _ends_in_code(markdown, events_of(markdown)):
        return re.sub(r"\n[ \t>]*[`~]+\Z", "", markdown)
    text = _MARKS_ONLY.sub("", markdown)
    text = _TABLE_HEAD.sub("", text)
    text = _TRAILING_MARKS.sub("", text)
    if "](" in text or text.rfind("[") > text.rfind("]"):
        text = _HALF_LINK.sub(r"\1", text)
    return whole(text)


def open_marks(markdown: str) -> list[str]:
    """Markers of the last block that still wait for their other half, outermost first."""
    events = events_of(markdown)
    if _ends_in_code(markdown, events):
        return []
    source = markdown.encode()
    marks: list[str] = []
    for start, end in _stretches(events):
        for found in _DELIMITERS.finditer(source[start:end].decode()):
            at = start + len(found.string[: found.start()].encode())
            if not _opens(source, at, found[0]):
                continue
            marks.append(found[0])
            if found[0].startswith("`"):
                return marks
    return marks


def _ends_in_code(markdown: str, events: list[Event]) -> bool:
    end = len(markdown.rstrip().encode())
    return any(
        event.name == "CodeBlock" and event.mark is Mark.END and event.end >= end
        for event in events[-16:]
    )


def _stretches(events: list[Event]) -> list[tuple[int, int]]:
    """Unbroken pieces of plain text in the last block; matched markers aren't in them."""
    stretches: list[tuple[int, int]] = []
    for event in events:
        if event.name in _BLOCKS and event.mark is Mark.START:
            stretches = []
        elif event.name == "Text" and stretches and stretches[-1][1] == event.start:
            stretches[-1] = (stretches[-1][0], event.end)
        elif event.name == "Text":
            stretches.append((event.start, event.end))
    return stretches


def _opens(source: bytes, at: int, mark: str) -> bool:
    before = source[max(at - 4, 0) : at].decode(errors="ignore")[-1:]
    after = source[at + len(mark) : at + len(mark) + 4].decode(errors="ignore")[:1]
    if not after or after.isspace() or before == "\\":
        return False
    return mark.startswith("`") or not before.isalnum()
