"""How far a download is."""

from luka_bot.llm.protocol import PullProgress
from luka_bot.llm.pull_totals import PullTotals


def test_all_layers_count_and_lines_about_none_do_not() -> None:
    totals = PullTotals()
    totals.add(PullProgress("pulling manifest"))
    totals.add(PullProgress("pulling a", "a", 30, 100))
    totals.add(PullProgress("pulling b", "b", 5, 10))
    totals.add(PullProgress("verifying"))

    assert (totals.completed, totals.total) == (35, 110)


def test_a_line_that_comes_late_takes_nothing_back() -> None:
    totals = PullTotals()
    totals.add(PullProgress("pulling a", "a", 30, 100))
    totals.add(PullProgress("pulling a", "a", 20, 100))
    totals.add(PullProgress("pulling a", "a"))

    assert (totals.completed, totals.total) == (30, 100)


def test_more_than_was_announced_is_all_of_it() -> None:
    totals = PullTotals()
    totals.add(PullProgress("pulling a", "a", 120, 100))

    assert (totals.completed, totals.total) == (120, 120)
