"""Each requirement of conversations has a proof, and each proof is there."""

import ast
import re

from tests.architecture.tree import ROOT, modules, syntax

PAGE = (ROOT / "docs" / "conversations.md").read_text("utf-8")
TABLE = PAGE.partition("## Requirement and proof")[2]
LAST = 99  # MP-1 to MP-99, and A1 to A10


def rows() -> list[tuple[str, str]]:
    found = re.findall(r"^\| ((?:MP-|A)\d[^|]*) \|[^|]*\| ([^|]*) \|$", TABLE, re.MULTILINE)
    return [(named, proof) for named, proof in found]


def known_tests() -> set[str]:
    return {
        node.name
        for path in modules("tests")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_row_has_its_proof() -> None:
    named = " ".join(names for names, _ in rows())
    # the numbers 91 to 99 stand apart from those before them, and some are said twice
    numbers = {int(number) for number in re.findall(r"(?<![A\d])\d+", named)}
    letters = {int(number) for number in re.findall(r"A(\d+)", named)}

    assert set(range(1, LAST + 1)) - numbers == set()
    assert letters == set(range(1, 11))


def test_every_proof_is_there() -> None:
    named = {name for _, proof in rows() for name in re.findall(r"`(test_\w+)`", proof)}

    assert named - known_tests() == set()
    assert [names for names, proof in rows() if not proof.strip()] == []
