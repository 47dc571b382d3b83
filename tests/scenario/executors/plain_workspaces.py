"""STAND-IN until jfiles."""

from pathlib import Path

from luka_bot.models.job import JobFile
from luka_bot.models.job_errors import FileGone, OutsideWorkspace, QuotaFull
from luka_bot.workspaces.workspaces import Section, Shelved, WorkspaceLimits, Workspaces


class PlainWorkspaces(Workspaces):
    def __init__(self, root: Path, limits: WorkspaceLimits) -> None:
        self.root = root
        self.limits = limits

    async def prepare(self, folder):
        (self.root / folder / "inputs").mkdir(parents=True, exist_ok=True)
        (self.root / folder / "outputs").mkdir(parents=True, exist_ok=True)
        return self.root / folder

    async def receive(self, folder, name, content, limit):
        data = b"".join([chunk async for chunk in content])
        path = f"{folder}/inputs/20260101_000000_{name}"
        (self.root / path).write_bytes(data)
        return JobFile(name, path, len(data))

    def _at(self, folder, path):
        full = (self.root / path).resolve()
        if not full.is_relative_to(self.root / folder):
            raise OutsideWorkspace(path)
        if not full.is_file():
            raise FileGone(path)
        return full

    async def write(self, folder, name, content):
        if ".." in name or "/" in name:
            raise OutsideWorkspace(name)
        if len(content) > self.limits.quota:
            raise QuotaFull(name, self.limits.quota)
        path = f"{folder}/outputs/{name}"
        (self.root / path).write_bytes(content)
        return JobFile(name, path, len(content))

    async def text(self, folder, path, limit):
        try:
            return self._at(folder, path).read_text("utf-8")[:limit]
        except UnicodeDecodeError:
            return None

    async def read(self, folder, path, limit):
        return self._at(folder, path).read_bytes()

    async def listed(self, folder):
        return tuple(
            Shelved(
                JobFile(one.name, str(one.relative_to(self.root)), one.stat().st_size),
                Section.INPUTS,
                0.0,
            )
            for one in (self.root / folder).rglob("*")
            if one.is_file()
        )

    async def delete(self, folder, path):
        self._at(folder, path).unlink()
