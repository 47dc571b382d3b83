"""The repository as text and as syntax, for the tests that read it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "luka_bot"
BIN = Path(sys.executable).parent
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".txt",
    ".po",
    ".lua",
    ".html",
    ".css",
    ".js",
    ".sh",
}
OURS = ("luka_bot", "tests", "bench", "chaos", "docs", "requirements", ".ci")


def modules(*folders: str) -> list[Path]:
    """Python files below these folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def text_files() -> list[Path]:
    """Everything that people read here: the files at the top and those in our folders."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name not in {".env", ".git"}]
    below = (path for folder in OURS for path in (ROOT / folder).rglob("*"))
    return sorted([*top, *(path for path in below if path.suffix in TEXT or path.name == "run")])


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A tool of our own environment, to its end."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
    )
