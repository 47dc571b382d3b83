"""Jobs in Telegram, from /job to the result."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from luka_bot.models.job import JobState
from luka_bot.storage.jobs import Move
from tests.scenario.jobs.shop import ADMINS, Shop, opened

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    """One for all: its jobs go on counting."""
    folder: Path = tmp_path_factory.mktemp("jobs")
    async with opened(folder) as shop:
        yield shop


async def test_a_job_is_shown_from_its_handing_in_to_its_result(shop: Shop) -> None:
    asked = await shop.anna.writes("/job !8 #report Count the apples")

    card = await shop.sees("Job #1 – waits for an admin")
    assert card.reply_to == asked
    for line in ("Count the apples", "Type: report", "Priority: 8", "Place in the queue: 1"):
        assert line in card.text
    await shop.sees("Job #1", ADMINS)
    await shop.approve(1)
    await shop.sees("Job #1 – waits its turn")
    job, token = await shop.begin()
    await shop.sees("Job #1 – in progress")
    await shop.tell(job, token, "Counting")
    await shop.sees("▸ Counting")
    fields = {"output": "**Five** apples."}
    await shop.store.move(job.id, Move(JobState.COMPLETED, token=token, fields=fields))

    result = await shop.sees("Five apples.")
    assert result.entities[0]["type"] == "bold"
    assert result.reply_to == card.message_id
    shown = await shop.sees("Job #1 – done")
    assert (shown.message_id, shown.buttons) == (card.message_id, ["↩️ Reply", "🗑 Delete"])
