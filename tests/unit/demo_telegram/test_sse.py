"""A page that reads too slowly is cut off, and delays nobody."""

from luka_bot.demo.telegram.sse import MOST_WAITING, EventStream


def test_a_slow_page_is_cut_and_forgotten() -> None:
    stream = EventStream()
    cuts: list[str] = []
    stream.add(lambda: cuts.append("slow"))
    for _ in range(MOST_WAITING):
        stream.publish({"event": "x"})
    assert (stream.readers, cuts) == (1, [])
    stream.publish({"event": "one too many"})
    assert (stream.readers, cuts) == (0, ["slow"])
