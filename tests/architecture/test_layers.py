"""Arrows only point down, and each contract that says so can fail."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import BIN, PACKAGE, ROOT, run

VIOLATIONS = {
    "Arrows only point down": ("llm/protocol.py", "luka_bot.handlers"),
    "Services know no Telegram, no HTTP and no Redis": ("services/__init__.py", "aiohttp"),
    "Models import only the standard library": ("models/clock.py", "structlog"),
    "Redis lives in storage": ("handlers/__init__.py", "redis"),
    "The demo is no part of the bot": ("ingest/__init__.py", "luka_bot.demo"),
    "The terminal needs no Telegram": ("terminal.py", "aiogram"),
    "The client stands alone": ("client/times.py", "luka_bot.models"),
}


def contracts() -> dict[str, dict[str, Any]]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        contract["name"]: contract for contract in pyproject["tool"]["importlinter"]["contracts"]
    }


def test_all_contracts_are_kept() -> None:
    linted = run(BIN / "lint-imports", "--no-cache", "--no-logo")

    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_every_room_stands_on_a_floor() -> None:
    layers = re.findall(r"luka_bot\.\w+", " ".join(contracts()["Arrows only point down"]["layers"]))
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}

    assert {f"luka_bot.{room}" for room in rooms - {"__init__", "__pycache__"}} == set(layers)


@pytest.fixture(scope="module")
def broken_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package in which every contract is violated once."""
    house = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", house)
    shutil.copytree(PACKAGE, house / "luka_bot", ignore=shutil.ignore_patterns("__pycache__"))
    for file, forbidden in VIOLATIONS.values():
        path = house / "luka_bot" / file
        path.write_text(path.read_text(encoding="utf-8") + f"\nimport {forbidden}\n", "utf-8")
    return house


def test_each_contract_breaks_when_it_is_violated(broken_house: Path) -> None:
    said = run(BIN / "lint-imports", "--no-cache", "--no-logo", folder=broken_house).stdout

    assert VIOLATIONS.keys() == contracts().keys()
    assert [name for name in VIOLATIONS if f"{name} BROKEN" not in said] == []
