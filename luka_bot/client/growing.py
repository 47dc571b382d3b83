"""Answers that are being written, as far as we have heard them."""

from collections.abc import Iterator
from dataclasses import replace

from luka_bot.client.events import Frame, Stream, stream_from

MOST = 100  # answers that are followed; of those that ended while we were away nobody tells us


class Growing:
    """Its text is known over all connections, so that nothing of it is given twice."""

    def __init__(self) -> None:
        self._known: dict[str, Stream] = {}

    def hear(self, frame: Frame) -> Iterator[Stream]:
        """What is news of it. Parts of an answer whose beginning we missed are left out: all of it
        so far is on its way."""
        heard = stream_from(frame)
        known = self._known.get(heard.stream_id)
        if heard.cancelled:
            self._known.pop(heard.stream_id, None)
            yield heard
        elif "text" in frame:
            yield from self._hear_whole(heard, known)
        elif heard.n <= 1:
            yield from self._begin_anew(heard, known)
        elif known is not None and heard.n > known.n:
            yield self._keep(heard, known.text + heard.delta)

    def ended(self, stream_id: str) -> None:
        self._known.pop(stream_id, None)

    def _hear_whole(self, heard: Stream, known: Stream | None) -> Iterator[Stream]:
        before = "" if known is None else known.text
        if not heard.text.startswith(before):
            yield from self._begin_anew(replace(heard, delta=heard.text), known)
        elif known is None or heard.n > known.n:
            yield self._keep(replace(heard, delta=heard.text[len(before) :]), heard.text)

    def _begin_anew(self, heard: Stream, known: Stream | None) -> Iterator[Stream]:
        """Where another luka has taken it over, what came so far isn't the beginning of it."""
        if known is not None and known.text:
            yield Stream(heard.stream_id, heard.sender_id, "", 0, cancelled=True)
        yield self._keep(heard, heard.delta)

    def _keep(self, heard: Stream, text: str) -> Stream:
        whole = replace(heard, text=text)
        self._known[heard.stream_id] = whole
        if len(self._known) > MOST:
            del self._known[next(iter(self._known))]
        return whole
