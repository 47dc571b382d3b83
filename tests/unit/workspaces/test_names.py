"""A file's name, as it may lie on a disk."""

import pytest

from luka_bot.workspaces.names import BYTES, LONGEST, clean


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("data.csv", "data.csv"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("/etc/shadow.txt", "shadow.txt"),
        ("C:\\temp\\x.csv", "x.csv"),
        ("a\0b.csv", "ab.csv"),
        ("line\nbreak.csv", "linebreak.csv"),
        ("\u202egnp.exe.csv", "gnp.exe.csv"),
        ("..", "file"),
        ("", "file"),
        ("...hidden.txt", "hidden.txt"),
        ("con.txt", "_con.txt"),
        ("отчёт за год.csv", "отчёт за год.csv"),
        ("ё.txt", "ё.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
    ],
)
def test_names_lose_what_no_disk_or_reader_bears(name: str, expected: str) -> None:
    assert clean(name) == expected


@pytest.mark.parametrize("name", ["x" * 500 + ".csv", "ы" * 500 + ".csv", "." + "x" * 500])
def test_long_names_are_shortened_and_keep_their_ending(name: str) -> None:
    short = clean(name)

    assert len(short) <= LONGEST
    assert len(short.encode()) <= BYTES
    assert short.endswith(".csv") is name.endswith(".csv")
