"""Telegram counts in UTF-16 units; Python doesn't."""


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, units: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + units)].decode("utf-16-le", "replace")


def pair_middles(text: str) -> set[int]:
    """Offsets that stand inside a surrogate pair."""
    middles = set()
    at = 0
    for char in text:
        if ord(char) > 0xFFFF:
            middles.add(at + 1)
            at += 1
        at += 1
    return middles
