"""Whatever a file is called, its name harms no disk and no reader."""

import unicodedata

import pytest

from luka_bot.workspaces.names import cleaned, ending, numbered, sayable, unstamped

CLEANED = {
    "data.csv": "data.csv",
    "Отчёт за год.pdf": "Отчёт за год.pdf",
    "Отче\u0308т.pdf": "Отчёт.pdf",
    "../../etc/passwd": "passwd",
    "/etc/shadow": "shadow",
    "C:\\Users\\tam\\data.csv": "data.csv",
    "..\\..\\data.csv": "data.csv",
    "folder/": "folder",
    "a\0b.txt": "ab.txt",
    "a\r\nb\x1b[31m.txt": "ab[31m.txt",
    "photo\u202egpj.exe": "photogpj.exe",
    "\u2066a\u2069\u200b.txt": "a.txt",
    "a\u00a0b\u202fc.txt": "a b c.txt",
    "bad\udcff.txt": "bad.txt",
    ".bashrc": "bashrc",
    "...hidden.txt": "hidden.txt",
    "data.csv. . ": "data.csv",
    "a:stream?.txt": "a_stream_.txt",
    "CON": "_CON",
    "nul.txt": "_nul.txt",
    "Com1.tar.gz": "_Com1.tar.gz",
    "console.txt": "console.txt",
    "": "file",
    "..": "file",
    "/": "file",
    " . ": "file",
    "\u202e": "file",
}
HOSTILE = [*CLEANED, "a" * 5000 + ".pdf", "ё" * 300 + ".csv", "𝕏" * 300, "a." + "b" * 500, "é" * 99]


@pytest.mark.parametrize(("name", "wanted"), CLEANED.items(), ids=repr)
def test_a_name_keeps_what_can_do_no_harm(name: str, wanted: str) -> None:
    assert cleaned(name) == wanted


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: repr(name[:20]))
def test_every_name_fits_every_disk_and_is_clean_at_once(name: str) -> None:
    clean = cleaned(name)

    assert 0 < len(clean) <= 120
    assert len(clean.encode()) <= 200
    assert sayable(clean)
    assert not clean.startswith(".")
    assert clean == cleaned(clean) == unicodedata.normalize("NFC", clean)


def test_a_long_name_keeps_its_ending() -> None:
    assert cleaned("a" * 500 + ".pdf") == "a" * 116 + ".pdf"
    assert cleaned("ё" * 500 + ".csv") == "ё" * 98 + ".csv"


def test_an_ending_is_what_stands_behind_a_name() -> None:
    assert [ending(name) for name in ("a.CSV", "a.tar.gz", "csv", ".csv", "a.")] == [
        "csv",
        "gz",
        "",
        "",
        "",
    ]


def test_a_number_stands_before_the_ending() -> None:
    assert [numbered(name, 2) for name in ("a.csv", "a")] == ["a_2.csv", "a_2"]


def test_people_see_their_own_name_without_the_moment() -> None:
    assert unstamped("20251106_143022_data.csv") == "data.csv"
    assert unstamped("20251106_data.csv") == "20251106_data.csv"


@pytest.mark.parametrize("part", ["", ".", "..", "a/b", "a\\b", "a\0", "a\n", "a\u202eb", "\udcff"])
def test_no_part_of_a_path_says_more_than_one_name(part: str) -> None:
    assert not sayable(part)
