"""What a program is given of answers that grow: each part once, whatever came between."""

from luka_bot.client.events import Frame
from luka_bot.client.growing import Growing


def frame(n: int, **more: object) -> Frame:
    return {"type": "stream", "stream_id": "a1.luka", "sender_id": "agent:luka", "n": n, **more}


def told(growing: Growing, *frames: Frame) -> list[tuple[str, str]]:
    """delta and text of each part; "taken back" for what is cancelled."""
    parts = [part for one in frames for part in growing.hear(one)]
    return [("taken back", "") if one.cancelled else (one.delta, one.text) for one in parts]


def test_who_comes_late_gets_the_whole_and_then_the_rest() -> None:
    late = told(Growing(), frame(3, delta="c"), frame(3, text="abc"), frame(4, delta="d"))
    assert late == [("abc", "abc"), ("d", "abcd")]


def test_who_comes_again_gets_what_they_missed_and_nothing_twice() -> None:
    growing = Growing()
    before = told(growing, frame(1, delta="a"), frame(1, text="a"), frame(2, delta="b"))
    again = told(growing, frame(4, delta="d", text="abcd"), frame(4, text="abcd"))
    assert before == [("a", "a"), ("b", "ab")]
    assert again == [("cd", "abcd")]


def test_what_another_luka_begins_anew_takes_back_what_came_before() -> None:
    growing = Growing()
    told(growing, frame(1, delta="a"), frame(2, delta="b"))
    assert told(growing, frame(1, delta="x")) == [("taken back", ""), ("x", "x")]
    assert told(growing, frame(3, text="yz")) == [("taken back", ""), ("yz", "yz")]
    growing.ended("a1.luka")
    assert told(growing, frame(1, delta="a")) == [("a", "a")]
