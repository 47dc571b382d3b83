"""What we write about luka is true, and speaks of nothing but luka."""

import re
from pathlib import Path

import pytest
from dotenv import dotenv_values

from docs import generate
from luka_bot import shown_settings
from luka_bot.config import Settings, load_settings
from tests.architecture.tree import ROOT, text_files

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FORBIDDEN = {
    "a path of somebody's machine": re.compile(
        rf"{re.escape(str(ROOT))}/|(?:^|[\s\"'=])/(?:home|Users)/\w"
    ),
    "an address of a package index": re.compile(
        r"(?<!emit-)index-url|find-links|\"resolved\": *\""
    ),
    "a bot's token": re.compile(r"\b\d{8,12}:(?!A{20})[A-Za-z0-9_-]{35}\b"),
    "a private key": re.compile(r"BEGIN [A-Z ]*PRIVATE KEY"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_repository_holds_no(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]

    assert found == []


def test_the_example_and_the_page_of_settings_are_current() -> None:
    """If not: make docs."""
    assert (ROOT / ".env.example").read_text("utf-8") == generate.example()
    assert (ROOT / "docs" / "configuration.md").read_text("utf-8") == generate.page()


def test_the_example_names_every_setting_with_its_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    (tmp_path / ".env").write_text(
        "\n".join(re.sub(r"^# (?=[A-Z0-9_]+=)", "", line) for line in lines), "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    names = [line.partition("=")[0] for line in shown_settings.lines(Settings())]
    for name in names:
        monkeypatch.delenv(name, raising=False)

    named = {name for name in dotenv_values(".env") if not name.startswith("COMPOSE_")}
    assert named == set(names)
    assert load_settings().model_dump() == Settings().model_dump()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s#]+)|src=\"([^\"]+)\"", text)
    local = [one or other for one, other in targets if "://" not in (one or other)]

    assert [target for target in local if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_of_make_exist(page: Path) -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = set(re.findall(r"\bmake ([a-z]+(?: [a-z]+)*)`", page.read_text("utf-8")))

    assert {word for words in named for word in words.split()} <= known
