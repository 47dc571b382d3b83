"""Markdown in which everything that the converter would swallow is escaped, so that it is shown."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from unicodedata import normalize

from telegramify_markdown.latex_escape.helper import LatexToUnicodeHelper

from luka_bot.delivery.markup import Edit, Event, Mark, apply, code_ranges, events_of
from luka_bot.delivery.tables import tables_rewritten

ROUNDS = 4  # an escape may uncover more; after these, whatever still looks like HTML goes at once
SAFE_URL = re.compile(r"(?i)(?:https?://|mailto:)\S+\Z")

_LINE_END = re.compile(r"\r\n?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_DEFINITION = re.compile(r"(?m)^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(\[)(?:\\.|[^\[\]\\])+\]:")
_BRACKETED_MATH = re.compile(r"(?<!\\)\\(?:\((?P<inline>[^\n$]+?)\\\)|\[(?P<block>[^$]+?)\\\])")
_LOOKS_LIKE_MATH = re.compile(r"[\\^_={}]|\A.{1,2}\Z")
_COMMAND = re.compile(r"\\(?:begin|end)\{\w+\*?\}|\\[A-Za-z]+")

_latex = LatexToUnicodeHelper()


def shielded(markdown: str) -> str:
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _LINE_END.sub("\n", markdown))
    text = _with_dollars(_with_literals(text))
    for turn in range(ROUNDS * 2):
        edits = list(_escapes(events_of(text), text.encode(), greedy=turn >= ROUNDS))
        if not edits:
            break
        text = apply(text, edits)
    return _without_spoilers(tables_rewritten(text))


def _with_literals(text: str) -> str:
    """Link definitions show nothing and footnotes lose their text: keep them as written."""
    return _outside_code(text, _DEFINITION, lambda m: Edit(m.start(1), m.start(1), "\\"))


def _with_dollars(text: str) -> str:
    r"""Math in \( \) and \[ \], as models write it, in the form that the parser knows."""

    def dollars(match: re.Match[str]) -> Edit | None:
        content = (match["inline"] or match["block"]).strip()
        if "\n\n" in content or not _LOOKS_LIKE_MATH.search(content):
            return None
        sign = "$" if match["inline"] else "$$"
        return Edit(match.start(), match.end(), f"{sign}{content}{sign}")

    return _outside_code(text, _BRACKETED_MATH, dollars)


def _escapes(events: list[Event], source: bytes, *, greedy: bool) -> Iterator[Edit]:
    in_html = False
    for event in events:
        match event:
            case Event(Mark.START, "HtmlBlock"):
                in_html = False
            case Event(_, "Html") if not in_html or greedy:
                in_html = True
                yield from _tags_escaped(event, source, greedy=greedy)
            case Event(_, "InlineHtml"):
                yield from _tags_escaped(event, source, greedy=greedy)
            case Event(Mark.START, "Link", detail):
                yield from _link_escaped(event, detail)
            case Event(Mark.START, "Image", detail):
                yield from _image_as_link(event, detail)
            case Event(_, "InlineMath" | "DisplayMath", content):
                yield from _math_escaped(event, content)
            case _:
                pass


def _tags_escaped(event: Event, source: bytes, *, greedy: bool) -> Iterator[Edit]:
    at = source.find(b"<", event.start, event.end)
    while at >= 0:
        yield Edit(at, at, "\\")
        if not greedy:
            return
        at = source.find(b"<", at + 1, event.end)


def _link_escaped(event: Event, detail: dict[str, str]) -> Iterator[Edit]:
    """`handlers[name](event)` in prose is no link either."""
    if detail["link_type"] != "Email" and not SAFE_URL.match(detail["dest_url"]):
        yield Edit(event.start, event.start, "\\")


def _image_as_link(event: Event, detail: dict[str, str]) -> Iterator[Edit]:
    """Nothing is fetched for a model's answer; the person may follow the link."""
    if SAFE_URL.match(detail["dest_url"]):
        yield Edit(event.start, event.start + 2, "[\N{FRAME WITH PICTURE} ")
    else:
        yield Edit(event.start + 1, event.start + 1, "\\")


def _math_escaped(event: Event, content: str) -> Iterator[Edit]:
    signs = 1 if event.name == "InlineMath" else 2
    if not _LOOKS_LIKE_MATH.search(content):
        for at in (*range(event.start, event.start + signs), *range(event.end - signs, event.end)):
            yield Edit(at, at, "\\")
    elif not _math_is_kept(content):
        fence = "`" * (max((len(run) for run in re.findall("`+", content)), default=0) + 1)
        shown = re.sub(r"\s+", " ", content).strip() or content
        yield Edit(event.start, event.end, f"{fence} {shown} {fence}")


def _math_is_kept(content: str) -> bool:
    """Whether the converter keeps each letter and digit (malformed LaTeX loses some)."""
    wanted = Counter(filter(str.isalnum, normalize("NFKD", _COMMAND.sub(" ", content))))
    try:
        shown = str(_latex.convert(content))  # type: ignore[no-untyped-call]  # untyped there
    except (ValueError, IndexError, KeyError, RecursionError):
        return False
    return wanted <= Counter(filter(str.isalnum, normalize("NFKD", shown)))


def _without_spoilers(text: str) -> str:
    """`a || b` is a condition far more often than a spoiler."""
    return _outside_code(text, re.compile(r"\|(?=\|)"), lambda m: Edit(m.end(), m.end(), "\\"))


def _outside_code(
    text: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], Edit | None]
) -> str:
    """change speaks in characters; matches that touch code are left alone."""
    matches = list(pattern.finditer(text))
    if not matches:
        return text
    code = code_ranges(events_of(text))
    edits = []
    for match in matches:
        start, end = (len(text[:at].encode()) for at in match.span())
        if any(start < to and since < end for since, to in code):
            continue
        if made := change(match):
            edits.append(_in_bytes(text, made))
    return apply(text, edits)


def _in_bytes(text: str, edit: Edit) -> Edit:
    start, end = (len(text[:at].encode()) for at in (edit.start, edit.end))
    return Edit(start, end, edit.text)
