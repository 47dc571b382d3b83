"""How long what people said is kept, as an operator can write it."""

from datetime import timedelta
from pathlib import Path

import pytest

from luka_bot.config import load_settings
from luka_bot.models.errors import SettingsInvalid
from luka_bot.models.lives import USUAL, Lives


@pytest.fixture(autouse=True)
def nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("THREAD_DAYS", raising=False)
    monkeypatch.delenv("HISTORY_DAYS", raising=False)


def test_days_become_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = load_settings().lives
    monkeypatch.setenv("THREAD_DAYS", "31")
    monkeypatch.setenv("HISTORY_DAYS", "31")

    assert usual == USUAL
    assert load_settings().lives == Lives(timedelta(days=31), timedelta(days=31))


def test_what_was_said_can_not_outlive_its_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISTORY_DAYS", "31")

    with pytest.raises(SettingsInvalid) as caught:
        load_settings()

    (line,) = caught.value.lines
    assert line == "HISTORY_DAYS is more than THREAD_DAYS; what was said can't outlive its thread"
