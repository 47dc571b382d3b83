"""A person's folder, as little of it as a command needs."""

from pathlib import Path

from luka_bot.models.job import JobFile


class Shelf:
    def __init__(self, root: Path) -> None:
        self._root = root

    async def prepare(self, folder: str) -> Path:
        for section in ("inputs", "outputs", "workflows"):
            (self._root / folder / section).mkdir(parents=True, exist_ok=True)
        return self._root / folder

    async def snapshot(self, folder: str) -> object:
        return self._found(folder)

    async def changed(self, folder: str, before: object) -> tuple[JobFile, ...]:
        found = self._found(folder)
        return tuple(JobFile(Path(path).name, path, size) for path, size in sorted(found.items()))

    async def write(self, folder: str, name: str, content: bytes) -> JobFile:
        path = self._root / folder / "outputs" / name
        path.write_bytes(content)
        return JobFile(name, f"{folder}/outputs/{name}", len(content))

    def _found(self, folder: str) -> dict[str, int]:
        outputs = self._root / folder / "outputs"
        plain = [path for path in outputs.rglob("*") if path.is_file() and not path.is_symlink()]
        return {str(path.relative_to(self._root)): path.stat().st_size for path in plain}
