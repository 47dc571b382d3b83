"""Folders of two people, and what comes into them."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

from PIL import Image

from luka_bot.workspaces.workspaces import WorkspaceLimits, Workspaces
from tests.redis_fixtures import START

TAM, EVE = "users/tam", "users/eve"
ENDINGS = frozenset({"csv", "txt", "png", "zip", "html", "py", "pdf"})
MB = 1 << 20


def workspaces_at(root: Path) -> Workspaces:
    limits = WorkspaceLimits(quota=MB, files=20, endings=ENDINGS)
    return Workspaces(root, limits, lambda: START, "UTC")


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (3, 3)).save(written, "PNG")
    return written.getvalue()


def left(workspaces: Workspaces) -> list[str]:
    return sorted(str(path.relative_to(workspaces.root)) for path in workspaces.root.rglob("*.*"))
