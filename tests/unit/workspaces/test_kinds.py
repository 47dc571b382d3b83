"""A file is what its name says."""

import pytest

from luka_bot.models.job_errors import (
    FileKind,
)
from luka_bot.workspaces.workspaces import Workspaces
from tests.unit.workspaces.shelf import MB, TAM, chunks, left, png


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ\x90\x00"),
        ("noending", b"text"),
        ("a.png", b"\x7fELF\x02\x01\x01" + bytes(50)),
        ("a.png", b"<html><script>alert(1)</script>"),
        ("a.png", b"not a picture"),
        ("a.zip", b"a,b\n1,2\n"),
        ("a.csv", b"PK\x03\x04" + bytes(100)),
        ("a.csv", b"\x7fELF"),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.pdf", b""),
    ],
)
async def test_a_file_is_what_its_name_says(
    workspaces: Workspaces, name: str, content: bytes
) -> None:
    with pytest.raises(FileKind):
        await workspaces.receive(TAM, name, chunks(content), MB)

    assert left(workspaces) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png()),
        ("A.PNG", png()),
        ("a.csv", "имя;сумма\n".encode("cp1251")),
        ("a.csv", "имя;сумма\n".encode("utf-16")),
        ("a.txt", b""),
        ("a.py", b"#!/usr/bin/env python3\nprint(1)\n"),
        ("a.html", b"<html></html>"),
        ("a.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        ("a.txt", "ы".encode() * 3000),
    ],
)
async def test_kinds_that_are_taken(workspaces: Workspaces, name: str, content: bytes) -> None:
    file = await workspaces.receive(TAM, name, chunks(content), MB)

    assert await workspaces.read(TAM, file.path, MB) == content
