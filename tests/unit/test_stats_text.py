"""How much luka is used, as a message."""

from datetime import date, timedelta

from luka_bot.handlers.stats_text import stats_text
from luka_bot.locales import words_for
from luka_bot.models.ids import UserId
from luka_bot.models.stats import DayStats, Figures, StatsReport

ANN, BOB, CID = UserId(1), UserId(2), UserId(3)
TODAY = Figures(1, 3, 3, 0, 900, 334, 5.0, 0.84, 4.2)
WEEK = Figures(2, 12, 11, 1, 9000, 3345, 50.0, 1.5, 61)
MONTH = Figures(3, 1400, 1390, 10, 1_000_000, 234_500, 900.0, 1.52, 130)
PEOPLE = ((ANN, 1200), (BOB, 150), (CID, 50))


def report(days: int) -> StatsReport:
    last = date(2025, 10, 4)
    each = [DayStats(last - timedelta(days=back)) for back in reversed(range(1, days))]
    return StatsReport((*each, DayStats(last, TODAY)), PEOPLE, MONTH, WEEK)


def test_a_month_is_told_in_three_columns_with_those_who_wrote_most() -> None:
    names = {ANN: "Anna <3", BOB: "Very" * 30}

    assert stats_text(words_for("en"), report(30), names).splitlines() == [
        "<b>How luka is used</b>",
        "5 Sept – 4 Oct 2025",
        "",
        "<pre>          today  7 days  30 days",
        "People        1       2        3",
        "Messages      3      12    1,400",
        "Answers       3      11    1,390",
        "Failed        0       1       10",
        "Tokens    1,234   12.3K     1.2M",
        "Wait      0.8 s   1.5 s    1.5 s",
        "for 95%   4.2 s    61 s  2.2 min</pre>",
        "",
        "<b>Who wrote most</b>",
        "1. Anna &lt;3 — 1,200",
        "2. VeryVeryVeryVeryVeryVeryVeryVeryVeryVer… — 150",
        "3. 3 — 50",
    ]


def test_fewer_days_need_fewer_columns() -> None:
    heads = [
        stats_text(words_for("ru"), report(days), {}).partition("<pre>")[2].splitlines()[0].split()
        for days in (1, 7, 90)
    ]

    today, week = ["сегодня"], ["7", "дней"]
    assert heads == [today, today + week, [*today, *week, "90", "дней"]]


def test_a_name_stays_in_its_line() -> None:
    said = stats_text(words_for("en"), report(7), {ANN: "\u202eAnna\n\nK. \x00", BOB: "\n"})

    assert "1. Anna K. — 1,200\n2. 2 — 150\n" in said


def test_days_without_a_word_are_told_kindly() -> None:
    nothing = StatsReport((DayStats(date(2025, 10, 4)),))

    assert stats_text(words_for("en"), nothing, {}).startswith(
        "<b>How luka is used</b>\n4 Oct 2025\n\nNobody has written to luka"
    )
