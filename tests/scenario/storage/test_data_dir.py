"""A DATA_DIR that can't be used is said in a sentence."""

from pathlib import Path

import pytest

from luka_bot.models.errors import DataDirUnusable
from luka_bot.storage.connect import open_storage, runs_beside


@pytest.mark.parametrize("attach", [False, True])
async def test_a_file_in_the_folders_place(tmp_path: Path, *, attach: bool) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(DataDirUnusable) as refusal:
        async with open_storage("", tmp_path / "data", attach=attach):
            pass
    said = f"luka can't keep its data in DATA_DIR ({tmp_path}/data): Not a directory"
    assert str(refusal.value) == said


async def test_a_lock_that_cant_be_opened(tmp_path: Path) -> None:
    (tmp_path / "redis" / "luka.lock").mkdir(parents=True)
    with pytest.raises(DataDirUnusable, match="Is a directory"):
        runs_beside(tmp_path)
    with pytest.raises(DataDirUnusable, match="Is a directory"):
        async with open_storage("", tmp_path):
            pass


async def test_an_error_of_the_caller_stays_the_callers(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        async with open_storage("", tmp_path):
            (tmp_path / "nothing").read_text()
