"""Whether a file is what its ending says: by what lies in it, never by what it is called."""

import os
from collections.abc import Iterator
from typing import BinaryIO

import puremagic

from luka_bot.workspaces.decoding import is_text

_EDGE = 40_000  # bytes of either end; the signature farthest inside stands at 36,870
_CHUNK = 1 << 20
_FRONT = 1024  # bytes in which a PDF may begin

_TEXT = frozenset(
    {"txt", "md", "rst", "log", "csv", "tsv", "json", "jsonl", "ipynb", "yaml", "yml", "toml"}
    | {"ini", "xml", "html", "htm", "svg", "css", "js", "ts", "py", "sh", "sql", "c", "h", "cpp"}
    | {"java", "go", "rs", "rb", "php"}
)
_PACKED = ((0, b"PK\x03\x04"), (0, b"PK\x05\x06"))
_OLE = ((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),)
# Of one kind for another no reader minds: pictures are saved under each other's endings often.
_PICTURE = (
    (0, b"\x89PNG\r\n\x1a\n"),
    (0, b"\xff\xd8\xff"),
    (0, b"GIF87a"),
    (0, b"GIF89a"),
    (8, b"WEBP"),
    (0, b"BM"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
)
_RTF = ((0, b"{\\rtf"),)
# What must stand where; any of them is enough. Puremagic alone doesn't know all that these are.
_SIGNED: dict[str, tuple[tuple[int, bytes], ...]] = {
    "pdf": (),
    "doc": (*_OLE, *_RTF),
    "xls": _OLE,
    "ppt": _OLE,
    "rtf": _RTF,
    **dict.fromkeys(["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip"], _PACKED),
    **dict.fromkeys(["png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff"], _PICTURE),
    "tar": ((257, b"ustar"),),
    "gz": ((0, b"\x1f\x8b"),),
    "parquet": ((0, b"PAR1"),),
    "mp3": ((0, b"ID3"), *((0, bytes((0xFF, second))) for second in (0xFB, 0xFA, 0xF3, 0xF2))),
    "wav": ((8, b"WAVE"),),
    "ogg": ((0, b"OggS"),),
    "mp4": ((4, b"ftyp"),),
}
# Of Linux, of Windows, and of macOS in all its ways.
_ELF = b"\x7fELF"
_PROGRAMS = (
    _ELF,
    b"MZ",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)


def fits(file: BinaryIO, ending: str) -> bool:
    """ending: small, without a dot. Reads the file from its beginning."""
    edges = _edges(file)
    if ending in _TEXT:
        return not edges.startswith(_ELF) and is_text(_chunks(file))
    if edges.startswith(_PROGRAMS):
        return False
    if ending in _SIGNED:
        return _is_signed(edges, ending)
    # An ending of the operator's own choice: whatever isn't known to be something else.
    found = _recognised(edges)
    return not found or ending in found or is_text(_chunks(file))


def _is_signed(edges: bytes, ending: str) -> bool:
    if ending == "pdf":
        return b"%PDF-" in edges[:_FRONT]
    signed = any(edges.startswith(what, where) for where, what in _SIGNED[ending])
    return signed or ending in _recognised(edges)


def _recognised(edges: bytes) -> frozenset[str]:
    """Endings of what such bytes most likely are, as far as anybody knows."""
    try:
        found = puremagic.magic_string(edges)
    except Exception:  # noqa: BLE001  # it may raise whatever comes, and means: unknown
        return frozenset()
    surest = max((one.confidence for one in found), default=0.0)
    likely = [one for one in found if one.confidence == surest]
    return frozenset(one.extension.lstrip(".").lower() for one in likely)


def _edges(file: BinaryIO) -> bytes:
    file.seek(0)
    front = file.read(_EDGE)
    size = file.seek(0, os.SEEK_END)
    file.seek(max(len(front), size - _EDGE))
    return front + file.read(_EDGE)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk
