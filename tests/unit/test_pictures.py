"""The picture of how luka is used: whatever is in it, it comes out, and shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from luka_bot.locales import words_for
from luka_bot.models.ids import UserId
from luka_bot.models.stats import DayStats, Figures, StatsReport
from luka_bot.pictures import draw_stats
from luka_bot.pictures.axes import spread, ticks, time_ticks
from luka_bot.pictures.letters import cut, font, readable

ANN, TODAY = UserId(1), date(2025, 10, 4)


def report(days: int, scale: int = 1, people: int = 8) -> StatsReport:
    each = [
        DayStats(TODAY - timedelta(days=back), figures(scale * (back % 9)))
        for back in reversed(range(days))
    ]
    most = tuple((UserId(number), 100 - number) for number in range(1, people + 1))
    return StatsReport(tuple(each), most, figures(scale * days * 4), figures(scale * 28))


def figures(messages: int) -> Figures:
    if not messages:
        return Figures()
    return Figures(
        messages,
        messages,
        messages,
        prompt_tokens=900 * messages,
        answer_tokens=200 * messages,
        wait_p50=1.5,
        wait_p95=9.0,
        models={f"model{number}:{'7b' * 20}": number for number in range(1, 9)},
    )


def drawn(
    what: StatsReport, language: str = "en", names: Mapping[UserId, str] | None = None
) -> Image.Image:
    png = draw_stats(what, words_for(language), names or {})
    assert png.startswith(b"\x89PNG")
    return Image.open(BytesIO(png)).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Around all that isn't the same."""
    return ImageChops.difference(one, other).getbbox()


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("days", "scale"), [(1, 1), (7, 1), (30, 50), (90, 10**9)])
def test_a_phone_shows_all_of_it(days: int, scale: int, language: str) -> None:
    width, height = drawn(report(days, scale), language).size

    assert width == 1080
    assert height <= 1400  # Telegram makes the longer side 1280 px


def test_other_numbers_are_another_picture() -> None:
    once = report(7)
    slower = replace(once, totals=replace(once.totals, wait_p50=2.5))
    pictures = [drawn(one) for one in (once, once, slower, report(7, people=5))]

    assert [differ(pictures[0], other) is None for other in pictures] == [True, True, False, False]


def test_cyrillic_names_are_drawn_and_only_they_differ() -> None:
    one, other = (drawn(report(7), names={ANN: name}) for name in ("Анна", "Шура"))
    area = differ(one, other)

    assert area is not None
    left, top, right, bottom = area
    assert right - left < 120
    assert bottom - top < 40


HOSTILE = ["🚀" * 50, "王小明", "Ы" * 4000, "a\u0301" * 300, "\u202eoops\x00\n\ud83d", "مرحبا"]


def test_any_name_is_cut_to_its_place() -> None:
    names = {UserId(number): name for number, name in enumerate(HOSTILE, 1)}

    area = differ(drawn(report(7)), drawn(report(7), names=names))

    assert area is not None
    assert area[2] < 540  # the card's right edge


def test_days_without_a_word_are_a_friendly_picture() -> None:
    days = tuple(DayStats(TODAY - timedelta(days=back)) for back in (1, 0))

    english, russian = (drawn(StatsReport(days), language) for language in ("en", "ru"))

    assert english.size == russian.size == (1080, 560)
    assert differ(english, russian) is not None


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_what_is_left_of_a_name_can_be_drawn(name: str) -> None:
    shown = readable(name)

    assert shown == " ".join(shown.split())
    assert readable(shown) == shown
    assert font(24).getlength(cut(shown, 200, 24)) <= 200


def test_what_our_fonts_lack_is_left_out() -> None:
    assert readable("Борис 🚀🦑 王  \u202eБ.\n") == "Борис Б."


@pytest.mark.parametrize("highest", [0, 0.2, 1, 3, 7, 10, 99, 100, 101, 12345, 10**12])
def test_an_axis_ends_above_all_and_has_few_lines(highest: float) -> None:
    for lines in (ticks(highest), time_ticks(min(highest, 600))):
        assert lines[0] == 0
        assert lines[-1] >= min(highest, 600)
        assert 2 <= len(lines) <= 4


@pytest.mark.parametrize("count", [1, 2, 7, 30, 90])
def test_labels_of_an_axis_never_touch(count: int) -> None:
    step = 360 / count
    places = spread(count, step, 90)

    assert places
    assert all((later - sooner) * step >= 90 for sooner, later in pairwise(places))
