"""Whether a file is what its name says, and of a kind that people may hand in."""

import codecs
from collections.abc import Collection

from luka_bot.models.job_errors import FileKind
from luka_bot.workspaces.names import ending

HEAD = 4096  # bytes that are looked at
_TEXTS = (
    "txt md csv tsv json jsonl yaml yml toml xml html css js ts py sh sql log ini rst "
    "c h cpp java go rs rb php rtf ipynb svg"
)
TEXT = frozenset(_TEXTS.split())
# What a program looks like; no kind that people hand in begins like this.
PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
# Kinds whose content says what it is, by endings that say the same.
_FAMILIES = (
    {"png"},
    {"jpg", "jpeg"},
    {"gif"},
    {"webp"},
    {"bmp"},
    {"tiff", "tif"},
    {"pdf"},
    {"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"},
    {"doc", "xls", "ppt"},
    {"gz"},
    {"mp3"},
    {"wav"},
    {"ogg"},
    {"mp4"},
)


def check_kind(name: str, head: bytes, allowed: Collection[str]) -> None:
    """head: the first HEAD bytes. Raises FileKind."""
    kind = ending(name)
    if kind not in allowed:
        raise FileKind(name, tuple(sorted(allowed)))
    fits = _is_text(head, kind) if kind in TEXT else _is_of(head, kind)
    if not fits:
        raise FileKind(name, tuple(sorted(allowed)))


def decoded(data: bytes) -> str | None:
    """As text, None if it is none."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8")
        return data.decode("cp1251" if _is_cyrillic(data) else "cp1252", "replace")


def _is_text(head: bytes, kind: str) -> bool:
    if kind not in {"sh", "py"} and head.startswith(PROGRAMS):
        return False
    return not head.startswith(PROGRAMS[:-1]) and decoded(head) is not None


def _is_of(head: bytes, kind: str) -> bool:
    if head.startswith(PROGRAMS):
        return False
    family = next((one for one in _FAMILIES if kind in one), None)
    if family is None:
        return True
    return bool(family & _endings_of(head)) if head else False


def _endings_of(head: bytes) -> set[str]:
    """By the content; puremagic raises whatever it likes for what it doesn't know."""
    try:
        from puremagic import magic_string  # noqa: PLC0415 - only where a file comes in

        found = magic_string(head)
    except Exception:  # noqa: BLE001 - theirs, of any kind
        return set()
    return {one.extension.removeprefix(".").lower() for one in found}


def _is_cyrillic(data: bytes) -> bool:
    letters = sum(byte >= 0xC0 for byte in data)
    return letters > 2 * sum(0x80 <= byte < 0xC0 for byte in data)
