"""The seed's stories, played by Telegram: a person, the admins' group and a worker."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from luka_bot.models.job import JobState
from tests.scenario.executors.workshop import SALES, at_once
from tests.scenario.jobs.shop import ADMINS, Shop, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")

FEEDBACK = """\
customer,feedback
1,The delivery was late and the box was broken
2,Great service and a fast answer
3,Terrible: late delivery again
4,I love it
5,The app crashes and support is slow
"""
SCRIPT = """\
def mean(numbers, seen=[]):
    try:
        seen.extend(numbers)
    except:
        pass
    return sum(seen) / len(seen)


def is_empty(text):
    return text == None
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    folder: Path = tmp_path_factory.mktemp("stories")
    async with opened(folder, reply=at_once, worker=True) as shop:
        yield shop


async def handed_in(shop: Shop, name: str, content: str, text: str) -> int:
    """By Anna, with a file; its number."""
    before = (await shop.store.all(0, 1)).jobs
    await shop.anna.sends_document(name, content.encode(), f"/job {text}")
    return (await shop.newest_job(before[0].id if before else 0)).id


async def played(shop: Shop, number: int) -> str:
    """Olga approves the job, and the worker does it; what came of it, as Anna reads it."""
    await shop.sees(f"Job #{number}", ADMINS, button="✅ Approve")
    await shop.luka.telegram.person(9, "Olga").taps("✅ Approve", chat=ADMINS)
    await shop.sees(f"Job #{number} – done")
    job = await shop.job(number)
    assert (job.state, job.decided_by) == (JobState.COMPLETED, "Olga")
    return job.output


async def goes_on(shop: Shop, number: int, text: str) -> int:
    """Anna replies to the job's card; the next job's number."""
    card = (await shop.job(number)).card
    assert card is not None
    await shop.anna.writes(text, reply_to=card.message_id)
    return (await shop.newest_job(number)).id


async def document(shop: Shop, name: str) -> bytes:
    """What came to Anna under this name."""

    def found() -> list[bytes]:
        return [one.content for one in shop.messages() if one.file_name == name and one.content]

    await shop.luka.telegram.wait_for(found)
    return found()[-1]


async def threads_of(shop: Shop, *numbers: int) -> list[tuple[int, int | None]]:
    jobs = [await shop.job(number) for number in numbers]
    return [(job.thread_id, job.parent_id) for job in jobs]


async def test_sales_are_analysed_then_drawn_then_gone_on_with(shop: Shop) -> None:
    asked = "Analyze this sales_data.csv file and summarize key trends"
    first = await handed_in(shop, "sales_data.csv", SALES, asked)
    analysis = await played(shop, first)

    second = await goes_on(shop, first, "Create a bar chart showing the top 5 products by revenue")
    await played(shop, second)
    chart = await document(shop, "revenue_chart.svg")
    third = await goes_on(shop, second, "Only the top 3, please")
    await played(shop, third)

    assert "2700.50" in analysis.replace(",", "")  # of coffee: 1,200.50 and 1500.00
    assert chart.startswith(b"<svg")
    assert b"Coffee" in chart
    assert await threads_of(shop, first, second, third) == [
        (first, None),
        (first, first),
        (first, second),
    ]
    last = str(shop.luka.model.requests[-1]["messages"])
    assert asked in last
    assert "Honey <raw>" in last  # the file, without having been sent again
    assert analysis.splitlines()[0] in last


async def test_feedback_is_read_then_narrowed_then_planned_for(shop: Shop) -> None:
    asked = "Analyze customer_feedback.csv for sentiment trends"
    first = await handed_in(shop, "customer_feedback.csv", FEEDBACK, asked)
    await played(shop, first)
    second = await goes_on(shop, first, "Focus on negative feedback - what are the top complaints?")
    complaints = await played(shop, second)
    third = await goes_on(shop, second, "Create an action plan to address the top 3 complaints")
    plan = await played(shop, third)

    assert "late" in complaints.lower()
    assert plan != complaints
    assert {(await shop.job(number)).thread_id for number in (first, second, third)} == {first}


async def test_a_script_is_reviewed_then_mended_then_tested(shop: Shop) -> None:
    first = await handed_in(shop, "script.py", SCRIPT, "Review this Python script for bugs")
    review = await played(shop, first)
    second = await goes_on(shop, first, "Fix the bugs you found and explain the changes")
    await played(shop, second)
    third = await goes_on(shop, second, "Add unit tests for the fixed functions")
    await played(shop, third)

    assert "except" in review
    mended, tests = [(await shop.job(number)).outputs for number in (second, third)]
    text = (shop.folder / "outputs" / mended[0].name).read_text()
    assert "except:" not in text
    assert "is None" in text
    assert "def test_" in (shop.folder / "outputs" / tests[0].name).read_text()
