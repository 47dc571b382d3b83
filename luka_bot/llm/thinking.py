"""Reasoning that a model writes into its answer, told apart from the answer."""

from luka_bot.models.events import Delta, Thinking

OPENING = "<think>"
CLOSING = "</think>"


class ThinkSplitter:
    """Only a block at the very beginning is reasoning; a later `<think>` is text like any other.

    Both tags may be torn over any number of pieces. One splitter reads one answer.
    """

    def __init__(self) -> None:
        self._held = ""
        self._read = self._before

    def feed(self, text: str) -> list[Delta | Thinking]:
        self._held += text
        return self._read()

    def flush(self) -> list[Delta | Thinking]:
        """What was held back because it could have become a tag; call it at the end."""
        held, self._held = self._held, ""
        if not held:
            return []
        return [Thinking(held) if self._read == self._inside else Delta(held)]

    def _before(self) -> list[Delta | Thinking]:
        start = self._held.lstrip()
        if start.startswith(OPENING):
            self._held = start.removeprefix(OPENING)
            self._read = self._inside
            return self._read()
        if OPENING.startswith(start):
            return []
        self._read = self._answer
        return self._read()

    def _inside(self) -> list[Delta | Thinking]:
        thought, tag, after = self._held.partition(CLOSING)
        if tag:
            self._held = after
            self._read = self._after
            return [*([Thinking(thought)] if thought else []), *self._read()]
        keep = _begun(thought, CLOSING)
        self._held = thought[len(thought) - keep :]
        thought = thought[: len(thought) - keep]
        return [Thinking(thought)] if thought else []

    def _after(self) -> list[Delta | Thinking]:
        """The blank lines between reasoning and answer belong to neither."""
        self._held = self._held.lstrip()
        if not self._held:
            return []
        self._read = self._answer
        return self._read()

    def _answer(self) -> list[Delta | Thinking]:
        text, self._held = self._held, ""
        return [Delta(text)] if text else []


def _begun(text: str, tag: str) -> int:
    """How many characters at the text's end could be the tag's beginning."""
    return next((size for size in range(len(tag) - 1, 0, -1) if text.endswith(tag[:size])), 0)
