"""The queue watcher: the seed's story by its own commands, word for word."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from luka_bot.storage.client import Storage
from tests.process import ROOT, Output, luka_command

GOLDEN = (Path(__file__).parent / "seed_queue_watcher.txt").read_text("utf-8")
SALES = "product,revenue\nApples,120\nPears,80\n"
ANALYSIS = "Based on the analysis of sales_data.csv, here are the key trends..."

Luka = partial[Coroutine[Any, Any, Output]]


@pytest.fixture
def luka(tmp_path: Path, redis_socket: Path, storage: Storage) -> Luka:
    _ = storage  # looks at the keys afterwards
    return partial(luka_command, tmp_path, REDIS_URL=f"unix://{redis_socket}")


@pytest.fixture
def watcher(luka: Luka) -> Luka:
    return partial(luka, program="luka_bot.queue_watcher")


@pytest.fixture
def manage(luka: Luka) -> Luka:
    return partial(luka, program="luka_bot.manage_users")


async def test_the_seed_s_story(luka: Luka, watcher: Luka, manage: Luka, tmp_path: Path) -> None:
    """Analyse, chart, go on: accounts, folders, files, approval, context and results."""
    root = tmp_path / "data" / "workspaces"
    (tmp_path / "sales_data.csv").write_text(SALES)
    added = await manage("add", "tam", "a long secret", "--folder", "users/tam")
    assert added.out == "tam can sign in now. Folder: users/tam\n"
    assert {path.name for path in (root / "users/tam").iterdir()} == {
        "inputs",
        "outputs",
        "workflows",
    }

    asked = "Analyze this sales_data.csv file and summarize key trends"
    submitted = await luka("jobs", "submit", asked, "--user", "tam", "--file", "sales_data.csv")
    nothing_yet = await watcher()
    await luka("jobs", "approve", "1")
    first = await watcher()
    started = await watcher("--start", "1")
    completed = await watcher("--complete", "1", "--output-text", ANALYSIS)

    assert submitted.out == "Job #1 is pending.\n"
    assert nothing_yet.out == "No approved jobs wait.\n"
    kept = _input_in(first.out, root)
    assert kept.read_text() == SALES
    assert f"\nINSTRUCTIONS:\n{asked}\n" in first.out
    assert (started.code, completed.out) == (0, "Job #1 is completed.\n")

    second = await _chart(luka, watcher, root)

    assert second.startswith(GOLDEN)
    assert second.removeprefix(GOLDEN) == (
        f"\nFILES OF THE THREAD:\n  - {kept} (input of Job #1)\n"
    )
    await _goes_on(luka, watcher, kept)


async def _goes_on(luka: Luka, watcher: Luka, kept: Path) -> None:
    """A third job is told of all before it, and the second of nothing after it."""
    await luka("jobs", "submit", "Make it blue", "--user", "tam", "--reply", "2")
    shown = await watcher("--job", "3")
    of_the_first = await watcher("--job", "2")
    assert "3 message(s) in thread" in shown.out
    assert "  - revenue_chart.png" in shown.out
    assert "[Message 3/3] Job #3 >>> CURRENT JOB <<<" in shown.out
    assert of_the_first.out.startswith(GOLDEN)  # nothing later than the job is told
    assert "Make it blue" not in of_the_first.out
    kept.unlink()  # noqa: ASYNC240 - a moment
    assert f"{kept} (not found)" in (await watcher("--job", "3")).out


async def _chart(luka: Luka, watcher: Luka, root: Path) -> str:
    """The second job, done; what its watcher was told."""
    chart = "Create a bar chart showing the top 5 products by revenue"
    await luka("jobs", "submit", chart, "--user", "tam", "--reply", "1")
    await luka("jobs", "approve", "2")
    second = await watcher()
    await watcher("--start", "2")
    (root / "users/tam/outputs/revenue_chart.png").write_bytes(b"\x89PNG")
    done = await watcher("--complete", "2", "--output-file", "users/tam/outputs/revenue_chart.png")

    assert done.out == "Job #2 is completed.\n"
    return second.out


async def test_a_long_output_is_told_whole(luka: Luka, watcher: Luka, manage: Luka) -> None:
    text = "x" * 4990 + " the end."
    await manage("add", "tam", "a long secret")
    await luka("jobs", "submit", "Write much", "--user", "tam")
    await luka("jobs", "approve", "1")
    await watcher("--start", "1")
    await watcher("--complete", "1", "--output-text", text)
    await luka("jobs", "submit", "More", "--user", "tam", "--reply", "1")

    assert f"\n  {text}\n" in (await watcher("--job", "2")).out


async def test_each_verb_and_what_it_refuses(
    luka: Luka, watcher: Luka, manage: Luka, tmp_path: Path
) -> None:
    await manage("add", "tam", "a long secret")
    await manage("add", "eve", "a long secret")
    (tmp_path / "data/workspaces/users/eve/outputs/secret.txt").write_text("eve's")
    for prompt in ("One", "Two", "Three"):
        await luka("jobs", "submit", prompt, "--user", "tam")
    await luka("jobs", "approve", "1")
    early = await luka("jobs", "submit", "More", "--user", "tam", "--reply", "1")
    unstarted = await watcher("--complete", "1", "--output-text", "Done")
    await watcher("--start", "1")
    outside = [
        await watcher("--complete", "1", "--output-file", path)
        for path in ("/etc/passwd", "../../etc/passwd", "users/eve/outputs/secret.txt")
    ]
    missing = await watcher("--complete", "1", "--output-file", "users/tam/outputs/none.txt")
    failed = await watcher("--fail", "1", "--error", "No data")
    twice = await watcher("--complete", "1", "--output-text", "After all")
    rejected = await luka("jobs", "reject", "2", "--reason", "Not here")
    cancelled = await luka("jobs", "cancel", "3")
    nobody = await watcher("--job", "99")
    stats = await watcher("--stats")
    listed = await luka("jobs", "list", "--json")

    assert (failed.out, rejected.out) == ("Job #1 has failed.\n", "Job #2 is rejected.\n")
    assert cancelled.out == "Job #3 is cancelled.\n"
    refused = [early, unstarted, *outside, missing, twice, nobody]
    assert [one.code for one in refused] == [1] * len(refused)
    assert all(one.err.strip() and "Traceback" not in one.err for one in refused)
    assert "eve's" not in "".join(one.out for one in refused)
    assert "failed      1" in stats.out
    assert "rejected    1" in stats.out
    assert '"error_detail": "No data"' in listed.out
    assert '"reason": "Not here"' in listed.out


async def test_watch_shows_each_next_job_once_until_it_is_told_to_stop(
    luka: Luka, manage: Luka, tmp_path: Path, redis_socket: Path
) -> None:
    await manage("add", "tam", "a long secret")
    arguments = ["-m", "luka_bot.queue_watcher", "--watch", "--interval", "0.1"]
    named = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=tmp_path,
        env=named | {"REDIS_URL": f"unix://{redis_socket}"},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            first = await process.stdout.readline()
            await luka("jobs", "submit", "Count", "--user", "tam")
            await luka("jobs", "approve", "1")
            second = await process.stdout.readline()
            process.send_signal(signal.SIGINT)
            rest = (await process.communicate())[0].decode()
    finally:
        if process.returncode is None:
            process.kill()

    assert first == b"No approved jobs wait.\n"
    assert second == b"JOB #1\n"
    assert rest.count("INSTRUCTIONS:") == 1
    assert "Traceback" not in rest
    assert process.returncode == 0


async def test_help_names_what_there_is(watcher: Luka, luka: Luka) -> None:
    shown = (await watcher("--help")).out

    named = ("--start", "--complete", "--fail", "--job", "--stats", "--watch", "--interval")
    assert [name for name in named if name not in shown] == []
    assert "approve" in (await luka("jobs", "--help")).out


def _input_in(text: str, root: Path) -> Path:
    """Where a file lies, by the full path that is told."""
    stamped = rf"- ({re.escape(str(root))}/users/tam/inputs/\d{{8}}_\d{{6}}_sales_data.csv)"
    found = re.search(stamped, text)
    assert found is not None
    return Path(found[1])
