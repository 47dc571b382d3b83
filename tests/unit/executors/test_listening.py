"""What is made of a command's words."""

from luka_bot.executors.listening import LINE_LIMIT, Progress, plain


def test_the_newest_whole_line_is_progress() -> None:
    progress = Progress()

    assert progress.hear(b"one\ntwo\nthr") == "two"
    assert progress.hear(b"ee\r") == "three"
    assert progress.hear(b"\n  \n") == ""
    assert progress.hear(b"last") == ""
    assert progress.close() == "last"


def test_a_line_without_an_end_is_cut() -> None:
    progress = Progress()
    for _ in range(100):
        assert progress.hear(b"x" * 1000) == ""

    assert progress.hear(b"\n") == "x" * LINE_LIMIT


def test_nothing_that_moves_a_cursor_or_turns_a_line_around_is_shown() -> None:
    odd = "\x1b[1;31mred\x1b[0m \x1b]0;title\x07a\tb\r\nc\x00\u202ed\x9b".encode()

    assert plain(odd) == "red a\tb\ncd"
    assert plain(b"\xff\xfe") == "\ufffd\ufffd"
