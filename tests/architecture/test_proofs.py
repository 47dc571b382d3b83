"""Each requirement of conversations and of jobs has a proof, and each proof is there."""

import ast
import re

import pytest

from tests.architecture.tree import ROOT, modules, syntax

LAST = 99  # MP-1 to MP-99, and A1 to A10
LAST_OF_JOBS = 42


def rows(page: str) -> list[tuple[str, str]]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    table = text.partition("## Requirement and proof")[2]
    found = re.findall(r"^\| ((?:MP-|A|JQ-)\d[^|]*) \|[^|]*\| ([^|]*) \|$", table, re.MULTILINE)
    return [(named, proof) for named, proof in found]


def known_tests() -> set[str]:
    return {
        node.name
        for path in modules("tests")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_row_has_its_proof() -> None:
    named = " ".join(names for names, _ in rows("conversations.md"))
    # the numbers 91 to 99 stand apart from those before them, and some are said twice
    numbers = {int(number) for number in re.findall(r"(?<![A\d])\d+", named)}
    letters = {int(number) for number in re.findall(r"A(\d+)", named)}

    assert set(range(1, LAST + 1)) - numbers == set()
    assert letters == set(range(1, 11))


def test_every_row_of_jobs_has_its_proof() -> None:
    named = [names for names, _ in rows("jobs.md")]

    assert named == [f"JQ-{number}" for number in range(1, LAST_OF_JOBS + 1)]


@pytest.mark.parametrize("page", ["conversations.md", "jobs.md"])
def test_every_proof_is_there(page: str) -> None:
    named = {name for _, proof in rows(page) for name in re.findall(r"`(test_\w+)`", proof)}

    assert named - known_tests() == set()
    assert [names for names, proof in rows(page) if not proof.strip()] == []
