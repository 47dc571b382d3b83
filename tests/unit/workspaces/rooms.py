"""A folder of all workspaces on a real disk, and what comes into it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from luka_bot.config_fields.jobs import JobSettings
from luka_bot.models.job import JobFile
from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces

TAM = "users/tam"
NOON = 1_762_439_422.0  # 2025-11-06 14:30:22 in UTC
STAMP = "20251106_143022_"
NOBODY = 65534


async def coming(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def png() -> bytes:
    content = BytesIO()
    Image.new("RGB", (2, 2)).save(content, "PNG")
    return content.getvalue()


@dataclass(frozen=True, slots=True)
class Rooms:
    """outside: beside the root, with secret.txt in it."""

    root: Path
    outside: Path
    workspaces: Workspaces

    @property
    def tam(self) -> Path:
        return self.root / TAM

    @property
    def secret(self) -> Path:
        return self.outside / "secret.txt"

    async def receive(self, name: str, *chunks: bytes, limit: int = 1000) -> JobFile:
        return await self.workspaces.receive(TAM, name, coming(*chunks), limit)

    def left_in(self, section: str) -> list[str]:
        return sorted(path.name for path in (self.tam / section).iterdir())

    def left_outside(self) -> list[str]:
        return [path.name for path in self.outside.iterdir()]

    async def listed(self) -> list[str]:
        return [one.file.path for one in await self.workspaces.listed(TAM)]


async def furnished(where: Path, *, quota: int = 100_000, files: int = 50) -> Rooms:
    outside = where / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_bytes(b"secret")
    limits = WorkspaceLimits(quota, files, JobSettings().endings | {"dwg"})
    rooms = Rooms(where / "root", outside, Workspaces(where / "root", limits, lambda: NOON))
    await rooms.workspaces.prepare(TAM)
    return rooms


@contextmanager
def as_plain_user(owned: Path) -> Iterator[None]:
    """Modes mean nothing to root, as whom tests run in containers."""
    if os.geteuid() != 0:
        yield
        return
    for path in (owned, *owned.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
