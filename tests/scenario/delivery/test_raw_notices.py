"""Sentences about an update that nobody can work on: where they stand, and that they are said."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from luka_bot.background import Background
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.target import Target
from luka_bot.demo.telegram import LocalTelegram, Person
from luka_bot.handlers.callbacks import TurnRegenerate
from luka_bot.handlers.languages import Languages
from luka_bot.handlers.raw_notices import RawNotices
from luka_bot.models.ids import ChatId, TurnId, UserId
from luka_bot.models.turn import Question, Turn
from luka_bot.services.thread_service import ThreadService
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.client import Storage, StorageKind
from luka_bot.storage.connect import connected, socket_pool
from luka_bot.storage.deliveries import Deliveries
from luka_bot.storage.embedded import embedded_server, server_folder
from luka_bot.storage.threads import ThreadStore
from luka_bot.storage.turns import TurnStore
from tests.redis_fixtures import START

GROUP, TOPIC = -100, 5
DM = Target(ChatId(7))


@pytest.fixture(autouse=True)
def people(telegram: LocalTelegram, anna: Person) -> None:
    telegram.group(GROUP, "Family", [anna])


@pytest.fixture
async def notices(courier: Courier, threads: ThreadService) -> AsyncIterator[RawNotices]:
    async with _notices(courier, threads) as notices:
        yield notices


@asynccontextmanager
async def _notices(courier: Courier, threads: ThreadService) -> AsyncIterator[RawNotices]:
    async with Background() as background:
        yield RawNotices(courier, threads, Languages(), background, time.monotonic)


def written(chat: int, text: str, **more: object) -> dict[str, Any]:
    kind = "private" if chat > 0 else "supergroup"
    return {"chat": {"id": chat, "type": kind}, "from": {"id": 7}, "text": text, **more}


async def opened(threads: ThreadService, owner: int, turn: str) -> Turn:
    question = Question(TurnId(turn), UserId(owner), "Hi!", START)
    return await threads.open_turn(question)


async def test_a_question_in_a_group_that_was_given_up_gets_its_retry(
    telegram: LocalTelegram, notices: RawNotices, threads: ThreadService
) -> None:
    """By mention, so that the update alone doesn't tell that luka was meant."""
    await opened(threads, GROUP, "u9")

    await notices.gave_up({"update_id": 9, "message": written(GROUP, "@luka Hi!")})

    (said,) = [one for one in telegram.shown(GROUP) if one.is_bot]
    assert said.buttons == ["🔁 Retry"]


async def test_a_tap_that_was_given_up_settles_what_it_asked_for(
    telegram: LocalTelegram,
    notices: RawNotices,
    threads: ThreadService,
    storage: Storage,
    anna: Person,
    courier: Courier,
) -> None:
    turn = await opened(threads, 7, "u3")
    stands = await courier.send_html(DM, "half an answer")
    await Deliveries(storage).of_turn(turn, DM.chat_id).wrote([stands], last=False)
    data = TurnRegenerate(thread_id=turn.thread.thread_id, id=TurnId("u3")).pack()
    message = written(anna.id, "half an answer")

    await notices.gave_up({"update_id": 9, "callback_query": {"data": data, "message": message}})

    (said,) = [one for one in telegram.shown(anna.id) if one.is_bot]
    assert (said.message_id, said.buttons) == (stands, ["🔁 Retry"])


async def test_what_is_said_of_trouble_stays_in_its_topic(
    telegram: LocalTelegram, notices: RawNotices
) -> None:
    raw = written(GROUP, "/chats", message_thread_id=TOPIC, is_topic_message=True)

    notices.storage_away({"update_id": 9, "message": raw})

    await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
    assert telegram.calls_of("sendMessage")[0].params["message_thread_id"] == TOPIC


async def test_giving_up_waits_for_redis(
    telegram: LocalTelegram, courier: Courier, anna: Person, tmp_path: Path
) -> None:
    pool = socket_pool(server_folder(tmp_path) / "redis.sock")
    async with connected(pool, StorageKind.GIVEN) as away:
        threads = ThreadService(ThreadStore(away), TurnStore(away), lambda: START)
        async with _notices(courier, threads) as notices, asyncio.TaskGroup() as group:
            raw = {"update_id": 9, "message": written(anna.id, "Hi!")}
            group.create_task(notices.gave_up(raw))
            async with embedded_server(bundled_binary() or Path(), tmp_path):
                await telegram.wait_for(lambda: telegram.said(anna.id), seconds=10)

    assert "Something went wrong" in telegram.said(anna.id)[0]
