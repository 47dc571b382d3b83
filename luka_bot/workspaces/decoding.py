"""Bytes that may be text: UTF-8, UTF-16 that says so, or one of the old 8-bit codes."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Terminals colour with ESC, old editors end with SUB, and pages are parted with form feeds.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_TOGETHER = re.compile(rb"[\x80-\xff]{2,}")


def is_text(chunks: Iterator[bytes]) -> bool:
    """Of a whole file. An empty one is text."""
    first = next(chunks, b"")
    code = _marked(first)
    whole = chain((first,), chunks)
    return _decodes(whole, code) if code else _reads(whole)


def decoded(data: bytes) -> str | None:
    """A file's beginning, without a character that is cut off at its end. None: no text."""
    code = _marked(data)
    try:
        text = codecs.getincrementaldecoder(code or "utf-8")().decode(data)
    except UnicodeDecodeError:
        if code or _NO_TEXT.search(data):
            return None
        return data.decode(_old_code(data), errors="replace")
    return None if "\0" in text else text


def _marked(data: bytes) -> str:
    return next((code for mark, code in _MARKS.items() if data.startswith(mark)), "")


def _decodes(chunks: Iterator[bytes], code: str) -> bool:
    decoder = codecs.getincrementaldecoder(code)()
    return all(_goes_on(decoder, chunk) for chunk in chunks) and _goes_on(decoder, b"", final=True)


def _reads(chunks: Iterator[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = old = True
    for chunk in chunks:
        old = old and not _NO_TEXT.search(chunk)
        utf8 = utf8 and _goes_on(decoder, chunk)
        if not (utf8 or old):
            return False
    return old or _goes_on(decoder, b"", final=True)


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        return "\0" not in decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False


def _old_code(data: bytes) -> str:
    """Cyrillic words are beyond ASCII letter by letter, Western ones only here and there."""
    together = sum(map(len, _TOGETHER.findall(data)))
    return "cp1251" if together * 2 > len(_BEYOND_ASCII.findall(data)) else "cp1252"
