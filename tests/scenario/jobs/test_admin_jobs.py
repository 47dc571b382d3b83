"""Jobs in the admins' group: decided, read and looked through."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from luka_bot.demo.telegram import Person, ShownMessage
from luka_bot.demo.telegram.people import Group
from luka_bot.handlers.admin.job_taps import JobApprove
from luka_bot.models.ids import ChatId, UserId
from luka_bot.models.job import Failure, JobState
from luka_bot.storage.audit import AuditLog
from tests.scenario.jobs.board import Board
from tests.scenario.jobs.shop import ADMINS, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def board(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Board]:
    """One for all: its jobs go on counting."""
    folder: Path = tmp_path_factory.mktemp("admin_jobs")
    async with opened(folder) as shop:
        world = shop.luka.telegram.world
        petra = shop.luka.telegram.person(10, "Petra")
        await Group(world, ChatId(ADMINS)).joins(petra)
        yield Board(shop, Person(world, UserId(9)), petra)


async def test_one_admin_decides_and_the_other_is_told_who_it_was(board: Board) -> None:
    number = await board.asked("Count the pears")
    card = await board.card(number, "waits for an admin")
    assert card.buttons == ["✅ Approve", "❌ Reject"]
    assert "For: Anna (7)" in card.text

    await board.olga.taps("✅ Approve", chat=ADMINS)
    await board.told(board.olga, f"Job #{number} is approved.")
    await board.petra.taps_data(card.message_id, JobApprove(id=number).pack(), chat=ADMINS)
    await board.told(board.petra, f"Olga was faster with job #{number}")

    shown = await board.card(number, "Approved by Olga")
    assert (shown.message_id, shown.buttons) == (
        card.message_id,
        ["⏹ Cancel it", "💬 Show context"],
    )
    await board.olga.writes("/audit", chat=ADMINS)
    audited = await board.shop.sees("Who did what", ADMINS)
    assert audited.text.count(f"Olga approved a job of Anna ({number})") == 1


async def test_a_reply_to_the_question_is_the_reason(board: Board) -> None:
    number = await board.asked("Buy a castle")
    question = await board.asks_why(number)
    assert (await board.state(number)).state is JobState.PENDING

    await board.olga.writes("We can't pay", chat=ADMINS, reply_to=question.message_id)

    await board.card(number, "Rejected by Olga: We can't pay")
    await board.shop.sees("We can't pay")
    settled = await board.shop.sees(f"Job #{number} is rejected: We can't pay", ADMINS)
    assert (settled.message_id, settled.buttons) == (question.message_id, [])


async def test_a_job_may_be_spared_or_rejected_without_a_word(board: Board) -> None:
    number = await board.asked("Sell a castle")
    question = await board.asks_why(number)
    await board.olga.taps("↩️ Don't reject it", chat=ADMINS)
    await board.told(board.olga, "Nothing has changed.")
    messages = board.shop.messages
    await board.shop.luka.telegram.wait_for(
        lambda: question.message_id not in {one.message_id for one in messages(ADMINS)}
    )
    assert (await board.state(number)).state is JobState.PENDING

    await board.asks_why(number)
    await board.olga.taps("🚫 Reject without a reason", chat=ADMINS)
    await board.card(number, "Rejected by Olga, without a reason")


async def test_a_reason_that_comes_too_late_changes_nothing(board: Board) -> None:
    number = await board.asked("Rent a castle")
    question = await board.asks_why(number)
    await board.petra.taps("✅ Approve", chat=ADMINS)
    await board.card(number, "Approved by Petra")

    await board.olga.writes("Too dear", chat=ADMINS, reply_to=question.message_id)

    await board.shop.sees(f"Petra was faster with job #{number}", ADMINS)
    job = await board.state(number)
    assert (job.state, job.decided_by, job.reason) == (JobState.APPROVED, "Petra", "")
    await board.olga.taps("⏹ Cancel it", chat=ADMINS)
    await board.card(number, "Cancelled by Olga")


async def test_an_admin_reads_the_whole_thread_before_deciding(board: Board) -> None:
    await _nothing_waits(board)
    first = await board.asked("Draw the plums")
    made = board.shop.output("plums.csv", b"plum,1")
    gone = board.shop.output("gone.csv", b"1")
    (board.shop.folder / "outputs" / "gone.csv").unlink()
    await board.shop.done(first, "There are **nine** plums.", (made, gone))
    second = await board.replied(first, "Draw them in blue")
    card = await board.card(second, f"A reply to job #{first}, message 2 of thread #{first}")
    assert card.buttons == ["✅ Approve", "❌ Reject", "💬 Show context"]

    await board.olga.taps("💬 Show context", chat=ADMINS)

    shown = await board.shop.sees(f"Message 2 of 2: job #{second}", ADMINS)
    told = ["Draw the plums", "There are nine plums.", "plums.csv", "gone.csv (not found)"]
    told += ["Message 2 of 2", "Draw them in blue"]
    places = [shown.text.index(one) for one in told]
    assert places == sorted(places)
    await board.olga.taps("📦 plums.csv", chat=ADMINS)
    assert (await board.file("plums.csv")).content == b"plum,1"


async def test_what_is_too_long_for_messages_comes_as_a_file(board: Board) -> None:
    await _nothing_waits(board)
    text = "Press the grapes " + "and the currants " * 100
    number = await board.asked(text)
    card = await board.card(number, "Press the grapes")
    assert text.strip() not in card.text
    await board.olga.taps("📜 Show all", chat=ADMINS)
    whole = await board.shop.sees(f"Job #{number}, for Anna", ADMINS)
    assert text.strip() in whole.text

    await board.shop.done(number, "A glass of juice. " * 800)
    await board.card(number, "Completed in")
    await board.olga.taps("💬 Show context", chat=ADMINS)
    content = (await board.file(f"job-{number}.txt")).content or b""
    assert text.strip() in content.decode()


async def test_lists_lead_to_jobs(board: Board) -> None:
    await _nothing_waits(board)
    usual, urgent = await board.asked("Peel the figs"), await board.asked("!9 Peel the nuts")
    await board.olga.writes("/pending", chat=ADMINS)
    listed = await board.shop.sees("2 jobs wait for your decision", ADMINS)
    assert listed.buttons[:2] == [f"#{urgent} Anna: Peel the nuts", f"#{usual} Anna: Peel the figs"]

    await board.petra.taps(f"#{usual} Anna", chat=ADMINS)
    await board.shop.luka.telegram.wait_for(
        lambda: _at(board, listed).startswith(f"📋 Job #{usual}")
    )
    assert "1 other waits for a decision before it." in _at(board, listed)
    await board.petra.taps("✅ Approve", chat=ADMINS)
    await board.shop.luka.telegram.wait_for(lambda: "Approved by Petra" in _at(board, listed))
    await board.petra.taps("⬅️ List", chat=ADMINS)
    await board.shop.luka.telegram.wait_for(lambda: "1 job waits" in _at(board, listed))

    await board.shop.fail(Failure.EXIT, "code 3")
    await board.card(usual, "code 3")
    await board.olga.writes("/alljobs failed", chat=ADMINS)
    failed = await board.shop.sees("1 job that failed", ADMINS)
    assert failed.buttons[0] == f"#{usual} Anna: Peel the figs"
    await board.olga.writes("/alljobs lost", chat=ADMINS)
    await board.shop.sees("/alljobs failed those that failed", ADMINS)


async def test_an_admin_sees_what_runs_now(board: Board) -> None:
    await _nothing_waits(board)
    number = await board.asked("Stir the soup")
    await board.shop.approve(number)
    job, token = await board.shop.begin()
    await board.shop.tell(job, token, "Round 7")

    await board.olga.writes("/jobstats", chat=ADMINS)

    shown = await board.shop.sees("How jobs are going", ADMINS)
    told = ("in progress: 1", f"Job #{number} for Anna", "Stir the soup", "by w1", "… Round 7")
    assert [one for one in told if one not in shown.text] == []


async def test_who_is_no_admin_decides_nothing(board: Board) -> None:
    number = await board.asked("Let me in")
    await board.shop.anna.taps_data(1, JobApprove(id=number).pack())

    await board.told(board.shop.anna, "You can't do that here.")
    assert (await board.state(number)).state is JobState.PENDING
    entries = await AuditLog(board.shop.storage, lambda: 0.0).last(1)
    assert [(one.by, one.detail) for one in entries] == [(7, "decide_jobs")]


def _at(board: Board, message: ShownMessage) -> str:
    """What stands there now."""
    shown = board.shop.messages(ADMINS)
    return next(one.text for one in shown if one.message_id == message.message_id)


async def _nothing_waits(board: Board) -> None:
    """What earlier tests left is out of the way."""
    for state in (JobState.PENDING, JobState.APPROVED):
        for job in (await board.shop.store.in_state(state, 0, 50)).jobs:
            await board.shop.store.remove(job.id, None, open_too=True)
