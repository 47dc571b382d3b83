"""A model's thinking as people may see it: while it comes, and folded above the answer."""

import re

from luka_bot.delivery.rendered import NOTHING, Entity, Rendered, utf16_len

LONGEST = 1500  # UTF-16 units; what is older gives way, since the answer needs the room
_SIGN = "💭 "
_FIRST_WORD = re.compile(r"\A\S{0,60}\s+")  # half of a word, where the beginning was cut off


class Thoughts:
    """title stands above them as long as they come."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._text = ""
        self._cut = False

    def add(self, text: str) -> None:
        whole = self._text + text
        self._text = _newest(whole, LONGEST)
        self._cut = self._cut or self._text != whole

    @property
    def text(self) -> str:
        """The newest of them, as they were thought."""
        if not self._cut:
            return self._text.strip()
        return f"… {_FIRST_WORD.sub('', self._text).strip()}"

    def growing(self) -> Rendered:
        text = self.text
        if not text:
            return NOTHING
        start = utf16_len(self._title) + 1
        return Rendered(f"{self._title}\n{text}", (Entity("blockquote", start, utf16_len(text)),))

    def folded(self) -> Rendered:
        """A quote that shows its first lines, and the rest to whoever taps it."""
        if not self.text:
            return NOTHING
        text = f"{_SIGN}{self.text}"
        return Rendered(text, (Entity("expandable_blockquote", 0, utf16_len(text)),))


def _newest(text: str, units: int) -> str:
    """The end of a text, never half a character of it."""
    if utf16_len(text) <= units:
        return text
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[-units * 2 :].decode("utf-16-le", "ignore")
