"""Commands come to an end, whatever they try, and nothing of them goes on."""

import pytest

from luka_bot.models.job import Failure
from tests.scenario.sandbox.commands import (
    Desk,
    cancelled_at_its_first_word,
    hurried,
)


async def test_output_without_end_is_ended(desk: Desk) -> None:
    assert await desk.fails("yes") == (Failure.OUTPUT, "more than 10 MB of text")


async def test_who_ignores_signals_and_takes_too_long_is_ended(desk: Desk) -> None:
    desk = hurried(desk, 0.5)

    failure, _ = await desk.fails("sh", "-c", "trap '' TERM INT HUP; while :; do sleep 60; done")

    assert failure is Failure.TIME


async def test_no_daemon_outlives_the_job(desk: Desk) -> None:
    daemon = "(trap '' TERM HUP; setsid sh -c 'setsid sleep 1000 & exec sleep 1000' &)"

    done = await desk.shell(f"{daemon}; {daemon} >/dev/null 2>&1; echo bye")

    assert done.output == "bye"
    assert desk.left() == []


async def test_cancelled_it_stops_at_once_and_leaves_nothing(desk: Desk) -> None:
    job = desk.shell("setsid sleep 1000 & echo begun >&2; sleep 1000")

    with pytest.raises(TimeoutError):
        await cancelled_at_its_first_word(desk, job)

    assert desk.told == ["begun"]
    assert desk.left() == []


async def test_what_went_wrong_is_said(desk: Desk) -> None:
    said = await desk.fails("sh", "-c", "exec <&-; echo one >&2; echo 'no key\033[0m' >&2; exit 3")
    missing, why = await desk.fails("no-such-agent", "-p")
    killed = await desk.fails("sh", "-c", "kill -SEGV $$")

    assert said == (Failure.EXIT, "code 3: no key")
    assert missing is Failure.COMMAND
    assert "no-such-agent" in why
    assert killed == (Failure.EXIT, "code 139")


async def test_what_is_no_text_or_too_long_is_a_file_too(desk: Desk) -> None:
    odd = await desk.shell(r"printf 'a\377\000b\033[2Jc'")
    kept = (desk.root / odd.outputs[-1].path).read_bytes()
    long = await desk.shell("yes | head -c 300000")

    assert odd.output.startswith("a\ufffdbc\n\n… All of it is in job_")
    assert kept == b"a\xff\0b\x1b[2Jc"
    assert len(long.output) <= 200_000
    assert long.outputs[-1].size == 300_000
