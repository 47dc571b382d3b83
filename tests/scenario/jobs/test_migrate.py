"""The old queue's data comes in, twice with the same result."""

import json
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from luka_bot.storage.client import Storage
from tests.process import Output, luka_command

Luka = partial[Coroutine[Any, Any, Output]]

DATA = '["Prod/users/tam/inputs/data.csv"]'
ROWS = [
    # id, username, prompt, status, priority, files, output, thread, parent
    (
        1,
        "tam",
        "Analyze",
        "completed",
        5,
        '["Prod/users/tam/inputs/data.csv"]',
        "Trends",
        None,
        None,
    ),
    (2, "tam", "A chart", "completed", 5, None, "Drawn", None, 1),
    (3, "tam", "Larger", "processing", 8, None, None, None, 2),
    (5, "admin", "Other", "rejected", 1, None, None, 5, None),
    (6, "gone", "Lost", "pending", 5, None, None, None, None),
]


@pytest.fixture
def luka(tmp_path: Path, redis_socket: Path, storage: Storage) -> Luka:
    _ = storage  # looks at the keys afterwards
    return partial(luka_command, tmp_path, REDIS_URL=f"unix://{redis_socket}")


@pytest.fixture(autouse=True)
def old(tmp_path: Path) -> None:
    folder = tmp_path / "Prod"
    (folder / "users/tam/inputs").mkdir(parents=True)
    (folder / "users/tam/inputs/data.csv").write_text("a,b\n")
    (folder / "users/tam/inputs/link.csv").symlink_to("/etc/passwd")
    with closing(sqlite3.connect(folder / "jobs.db")) as database:
        database.execute(
            "CREATE TABLE jobs (id INTEGER PRIMARY KEY, username TEXT, prompt TEXT, status TEXT,"
            " priority INTEGER, input_files TEXT, output_text TEXT, thread_id INTEGER,"
            " parent_job_id INTEGER, created_at TEXT)"
        )
        database.executemany(
            "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '2025-11-06 14:30:22')", ROWS
        )
        database.commit()
    users = {
        "admin": {"password": "pbkdf2:…", "role": "admin", "folder": "users/admin"},
        "tam": {"password": "pbkdf2:…", "role": "user", "folder": "users/tam"},
    }
    (folder / "users.json").write_text(json.dumps(users))


async def test_jobs_people_and_files_come_in_once(luka: Luka, tmp_path: Path) -> None:
    bring = partial(luka, program="luka_bot.migrate")
    asked = ["--jobs", "Prod/jobs.db", "--users", "Prod/users.json", "--files", "Prod"]

    first = await bring(*asked)
    before = await luka("jobs", "list", "--json")
    second = await bring(*asked)
    after = await luka("jobs", "list", "--json")

    assert "New: 2 people, 4 jobs, 1 files." in first.out
    assert "Left behind: job #6 (nobody is called “gone”)" in first.out
    assert "New: 0 people, 0 jobs, 0 files. There already: 6." in second.out
    assert before.out == after.out
    jobs = {job["id"]: job for job in json.loads(after.out)["jobs"]}
    threads = {number: (job["thread_id"], job["parent_job_id"]) for number, job in jobs.items()}
    assert threads == {1: (1, None), 2: (1, 1), 3: (1, 2), 5: (5, None)}
    assert [jobs[number]["state"] for number in (1, 2, 3, 5)] == [
        "completed",
        "completed",
        "approved",  # nobody does it any more
        "rejected",
    ]
    assert jobs[1]["files"] == ["users/tam/inputs/data.csv"]
    assert jobs[1]["created"] == "2025-11-06T14:30:22+00:00"
    copied = tmp_path / "data/workspaces/users/tam/inputs"
    assert {path.name for path in copied.iterdir()} == {"data.csv"}
    assert "manage_users password tam" in first.out


async def test_a_new_job_never_takes_a_number_that_came_in(luka: Luka) -> None:
    await luka("--jobs", "Prod/jobs.db", "--users", "Prod/users.json", program="luka_bot.migrate")

    made = await luka("jobs", "submit", "New", "--user", "tam", "--reply", "2")
    shown = await luka("jobs", "show", "6")

    assert made.out == "Job #6 is pending.\n"
    assert "[Message 2/4] Job #2" in shown.out
    assert "  Trends" in shown.out


async def test_another_file_is_refused_in_a_sentence(luka: Luka, tmp_path: Path) -> None:
    (tmp_path / "jobs.db").write_text("no database")

    refused = await luka("--jobs", "jobs.db", program="luka_bot.migrate")

    assert refused.code == 1
    assert "jobs.db" in refused.err
    assert "Traceback" not in refused.err
