"""`make bench-chat` in short: every figure is there, and makes sense."""

from pathlib import Path

from bench.conversations import report
from bench.conversations.figures import Row
from bench.conversations.plan import measure
from bench.conversations.sizes import TINY

PAGE = f"# Figures\n\n{report.BEGIN}\n{report.END}\n"


async def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    rows = await measure(TINY, tmp_path, tell=lambda _: None)

    assert [row.name for row in rows if row.unit == "ms" and not 0 < row.p50 < 60_000] == []
    assert any(row.is_binding and 0.9 < row.p50 < 2 for row in rows)


def test_a_table_stands_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, "utf-8")
    rows = [Row("a group", "quick", 0.5, 0.7, limit=1.0), Row("a group", "slow", 2.0, 3.0, limit=1)]

    report.write(rows, page, "make bench-chat")

    written = page.read_text("utf-8")
    assert "| **a group** | | | | |\n| quick | 0.5 ms | 0.7 ms | ≤ 1 |  |" in written
    assert "| slow | 2 ms | 3 ms | ≤ 1 missed |  |" in written
