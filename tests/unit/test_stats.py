"""Waits as a histogram tells them."""

import pytest

from luka_bot.models.stats import WAIT_BOUNDS, quantile, wait_bound


@pytest.mark.parametrize(
    ("seconds", "bound"), [(0, 0.25), (0.25, 0.25), (0.26, 0.5), (3, 4), (600, 600), (5000, 600)]
)
def test_a_wait_is_counted_under_the_first_bound_that_holds_it(
    seconds: float, bound: float
) -> None:
    assert wait_bound(seconds) == bound


@pytest.mark.parametrize(
    ("counts", "share", "seconds"),
    [
        ({1: 10}, 0.5, 0.75),
        ({1: 10}, 1, 1),
        ({1: 1}, 0.95, 0.975),
        ({1: 50, 4: 50}, 0.5, 1),
        ({1: 50, 4: 50}, 0.75, 3),
        ({0.25: 94, 600: 6}, 0.95, 350),
        ({1: 0, 2: 4}, 0.5, 1.5),
        ({3: 2}, 0.5, 2.5),  # a bound of some other time
    ],
)
def test_between_its_bounds_a_quantile_lies_where_its_rank_does(
    counts: dict[float, int], share: float, seconds: float
) -> None:
    assert quantile(counts, share) == pytest.approx(seconds)


@pytest.mark.parametrize("counts", [{}, {1.0: 0}])
def test_where_nobody_waited_there_is_none(counts: dict[float, int]) -> None:
    assert quantile(counts, 0.5) is None


def test_quantiles_never_fall_and_stay_within_the_bounds() -> None:
    counts = {bound: place % 3 for place, bound in enumerate(WAIT_BOUNDS)}
    seen = [quantile(counts, share / 100) or 0 for share in range(1, 101)]

    assert seen == sorted(seen)
    assert seen[0] > 0
    assert seen[-1] <= WAIT_BOUNDS[-1]
