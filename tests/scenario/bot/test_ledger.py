"""What people use is counted, whatever becomes of their answers."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from luka_bot.background import Background
from luka_bot.demo.model import Reply
from luka_bot.models.events import Usage
from luka_bot.models.ids import UserId
from luka_bot.models.message import MessageState
from luka_bot.models.stats import Figures, Spent
from luka_bot.services.ledger import Ledger
from luka_bot.storage import keys
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, given_pool, open_storage
from luka_bot.storage.embedded import embedded_server, server_folder
from luka_bot.storage.stats import StatsStore
from tests.luka import Luka, running_luka
from tests.scenario.bot.talking import ask, newest
from tests.waiting import wait_until, wait_until_found

BINARY = bundled_binary() or Path()
ANNA, BORIS, FAMILY = UserId(7), UserId(8), -100200


async def test_two_questions_change_the_report_and_the_persons_own_day(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        anna = luka.telegram.person(ANNA, "Anna")
        await ask(luka, anna, "one", Reply("First.", prompt_tokens=40, answer_tokens=2))
        await ask(luka, anna, "two", Reply("Second.", prompt_tokens=60, answer_tokens=3))
        async with counted(luka, answers=2) as (storage, today):
            usage = await own_day(storage, ANNA)

    assert (today.people, today.messages, today.failed) == (1, 2, 0)
    assert (today.prompt_tokens, today.answer_tokens) == (100, 5)
    assert today.models == {"llama3.2": 2}
    assert 0 < (today.wait_p50 or 0) < 5
    assert (usage["messages"], usage["tokens"]) == ("2", "105")
    assert 0 < float(usage["seconds"]) == today.model_seconds < 5


async def test_who_asks_in_a_group_is_charged_and_not_the_group(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        telegram = luka.telegram
        boris = telegram.person(BORIS, "Boris")
        telegram.group(FAMILY, "Family", [telegram.person(ANNA, "Anna"), boris])
        luka.model.reply_with(Reply("To the family.", prompt_tokens=40, answer_tokens=2))
        await boris.writes("@luka_bot Dinner?", chat=FAMILY)
        await telegram.wait_for(lambda: telegram.said(FAMILY) == ["To the family."])
        async with counted(luka, answers=1) as (storage, _):
            report = await StatsStore(storage, UTC).report(1, time.time())
            boriss, familys = await own_day(storage, BORIS), await own_day(storage, UserId(FAMILY))

    assert report.people == ((BORIS, 1),)
    assert (boriss["tokens"], familys) == ("42", {})


async def test_a_stopped_answer_and_a_failed_one_count_by_what_there_was(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        telegram, anna = luka.telegram, luka.telegram.person(ANNA, "Anna")
        luka.model.reply_with(Reply("One two three four five.", hold_after=3))
        luka.model.gate.clear()
        await anna.writes("slow")
        await telegram.wait_for(lambda: newest(luka, ANNA).text.startswith("One two three"))
        await anna.writes("/stop")
        await telegram.wait_for(lambda: newest(luka, ANNA).buttons == ["🔁 Retry"])
        luka.model.reply_with(Reply(status=500))
        await anna.taps("🔁 Retry")
        async with counted(luka, answers=1, failed=1) as (_, today):
            pass

    assert (today.messages, today.prompt_tokens, today.answer_tokens) == (1, 0, 3)
    assert today.model_seconds > 0


async def test_an_outage_delays_what_is_counted_and_loses_nothing(tmp_path: Path) -> None:
    url = f"unix://{server_folder(tmp_path)}/redis.sock?socket_timeout=0.2"
    async with connected(given_pool(url), StorageKind.GIVEN) as storage, Background() as background:
        store = StatsStore(storage, UTC)
        ledger = Ledger(store, background, time.time)
        ledger.spent(Spent(ANNA, MessageState.DONE, Usage("m", 1, 2)))
        async with embedded_server(BINARY, tmp_path):
            await wait_until(lambda: background.running == 0)
            assert (await store.report(1, time.time())).people == ((ANNA, 1),)


@asynccontextmanager
async def counted(
    luka: Luka, *, answers: int, failed: int = 0
) -> AsyncIterator[tuple[Storage, Figures]]:
    """Luka's own store, once so much was counted there, and all of it."""
    settings, seen = luka.settings, Figures()
    async with open_storage(settings.redis_url, settings.data_dir, attach=True) as storage:
        store = StatsStore(storage, UTC)

        async def arrived() -> bool:
            nonlocal seen
            seen = (await store.report(2, time.time())).totals
            return (seen.answers, seen.failed) == (answers, failed)

        await wait_until_found(arrived)
        yield storage, seen


async def own_day(storage: Storage, person: UserId) -> dict[str, str]:
    found: Any = await storage.read(lambda redis: redis.hgetall(keys.usage(person)))
    return dict(found)
