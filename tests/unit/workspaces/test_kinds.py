"""A file is taken for what lies in it."""

import gzip
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from luka_bot.models.job_errors import FileKind
from tests.unit.workspaces.rooms import TAM, Rooms, png

ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 200
EXE = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CYRILLIC = "Отчёт; сумма\r\nдва; 3\r\n"


def packed() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "x")
    return content.getvalue()


def picture(form: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (2, 2)).save(content, form)
    return content.getvalue()


TAKEN = {
    "photo.png": png(),
    "photo.JPG": picture("JPEG"),
    "photo.jpeg": picture("JPEG"),
    "photo.webp": picture("WEBP"),
    "photo.gif": picture("GIF"),
    "really-a-png.jpg": png(),
    "photo.bmp": picture("BMP"),
    "photo.tiff": picture("TIFF"),
    "a.pdf": PDF,
    "b.pdf": b"\n\n" + PDF,
    "a.zip": packed(),
    "a.docx": packed(),
    "a.ods": packed(),
    "a.xls": OLE,
    "a.doc": b"{\\rtf1 hello}",
    "a.tar.gz": gzip.compress(b"abc"),
    "a.parquet": b"PAR1" + b"\0" * 20 + b"PAR1",
    "a.mp4": b"\0\0\0\x20ftypiso5" + b"\0" * 20,
    "a.mp3": b"\xff\xfb\x90\x64" + b"\0" * 100,
    "a.csv": b"a,b\n1,2\n",
    "empty.txt": b"",
    "utf8.txt": CYRILLIC.encode(),
    "bom.csv": CYRILLIC.encode("utf-8-sig"),
    "windows.csv": CYRILLIC.encode("cp1251"),
    "excel.tsv": CYRILLIC.encode("utf-16"),
    "page.html": HTML,
    "script.py": b"#!/usr/bin/env python3\n",
    "unknown.dwg": b"AC1032\0\0\0" + b"\x9a" * 50,
}
REFUSED = {
    "photo.png": ELF,
    "photo.jpg": EXE,
    "page.png": HTML,
    "pdf.png": PDF,
    "tail.png": ELF + png()[-12:],
    "empty.png": b"",
    "program.pdf": EXE + PDF,
    "page.pdf": HTML,
    "table.csv": packed(),
    "program.txt": ELF,
    "magic.txt": b"\x7fELF",
    "picture.svg": png(),
    "late.txt": b"a" * 90_000 + b"\0",
    "half.txt": "\ufeffaб".encode("utf-16-le")[:-1],
    "control.txt": b"\xff\x01\x02abc",
    "sound.mp3": packed(),
    "film.wav": b"RIFF\x10\0\0\0AVI LIST",
    "program.dwg": ELF,
    "picture.dwg": png(),
}


@pytest.mark.parametrize(("name", "content"), TAKEN.items(), ids=list(TAKEN))
async def test_a_file_that_is_what_it_says_is_taken(
    rooms: Rooms, name: str, content: bytes
) -> None:
    file = await rooms.receive(name, content)

    assert (rooms.root / file.path).read_bytes() == content


@pytest.mark.parametrize(("name", "content"), REFUSED.items(), ids=list(REFUSED))
async def test_a_file_that_is_something_else_is_refused_and_gone(
    tmp_path: Path, rooms: Rooms, name: str, content: bytes
) -> None:
    del tmp_path
    with pytest.raises(FileKind) as refused:
        await rooms.receive(name, content, limit=sys.maxsize)

    assert refused.value.name == name
    assert rooms.left_in("inputs") == []


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
async def test_text_reads_the_same_in_every_code(rooms: Rooms, code: str) -> None:
    (rooms.tam / "outputs/a.txt").write_bytes((CYRILLIC * 100).encode(code))

    text = await rooms.workspaces.text(TAM, "users/tam/outputs/a.txt", 40)

    assert text == (CYRILLIC * 2)[:40]


async def test_western_letters_stay_western(rooms: Rooms) -> None:
    (rooms.tam / "outputs/a.txt").write_bytes("Käse für Zoë".encode("cp1252"))

    assert await rooms.workspaces.text(TAM, "users/tam/outputs/a.txt", 99) == "Käse für Zoë"


async def test_what_is_no_text_has_none(rooms: Rooms) -> None:
    (rooms.tam / "outputs/a.txt").write_bytes(png())

    assert await rooms.workspaces.text(TAM, "users/tam/outputs/a.txt", 99) is None
