"""When an alarm is raised, when it is over, and what readiness shows meanwhile."""

import re

import pytest

from luka_bot.watch.alarm import Alarm, Change
from luka_bot.watch.check import WELL, AlarmName, Check, Outcome, failing
from tests.architecture.tree import ROOT

BAD = failing("no answer")


async def _never() -> Outcome | None:
    raise AssertionError("nobody looks here")


@pytest.fixture
def alarm() -> Alarm:
    return Alarm(Check(AlarmName.MODEL, _never, raise_after=10), clear=5)


def test_it_is_raised_once_when_its_check_has_failed_for_long_enough(alarm: Alarm) -> None:
    changes = [alarm.see(BAD, now) for now in (0, 9, 10, 11, 100)]

    assert changes == [Change.NONE, Change.NONE, Change.RAISED, Change.NONE, Change.NONE]


def test_a_break_begins_the_wait_again(alarm: Alarm) -> None:
    for now, outcome in ((0, BAD), (9, WELL), (10, BAD), (19, BAD)):
        assert alarm.see(outcome, now) is Change.NONE

    assert alarm.see(BAD, 20) is Change.RAISED


def test_it_is_over_only_when_all_was_well_for_a_while(alarm: Alarm) -> None:
    for now in (0, 10):
        alarm.see(BAD, now)

    changes = [alarm.see(one, at) for one, at in ((WELL, 11), (BAD, 15), (WELL, 16), (WELL, 20))]

    assert changes == [Change.NONE] * 4
    assert not alarm.seen.ok
    assert alarm.see(WELL, 21) is Change.OVER
    assert alarm.seen.ok


def test_that_it_is_well_is_news_once_to_who_did_not_see_it_raised(alarm: Alarm) -> None:
    changes = [alarm.see(one, at) for one, at in ((BAD, 0), (WELL, 1), (WELL, 5), (WELL, 6))]

    assert changes == [Change.NONE, Change.NONE, Change.NONE, Change.WELL]
    assert alarm.see(WELL, 100) is Change.NONE
    assert [alarm.see(BAD, now) for now in (200, 210)] == [Change.NONE, Change.RAISED]
    assert [alarm.see(WELL, now) for now in (220, 225)] == [Change.NONE, Change.OVER]


def test_a_short_failure_is_forgiven_only_to_who_was_well_before(alarm: Alarm) -> None:
    assert not alarm.seen.ok
    alarm.see(BAD, 0)
    assert not alarm.seen.ok
    alarm.see(WELL, 1)
    alarm.see(BAD, 2)

    assert alarm.seen == Outcome(ok=True, detail="no answer")


def test_its_cure_is_tried_again_only_when_it_could_have_worked(alarm: Alarm) -> None:
    for now in (0, 10):
        alarm.see(BAD, now)

    assert [alarm.needs_cure(now) for now in (10, 11, 29, 30, 31)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    alarm.see(WELL, 60)
    assert not alarm.needs_cure(60)


def test_the_manual_says_of_each_what_to_do() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text("utf-8")

    assert set(re.findall(r"^\| `(\w+)` \|", manual, re.MULTILINE)) >= set(AlarmName)
