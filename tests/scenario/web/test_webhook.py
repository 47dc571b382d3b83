"""What Telegram hears when it brings an update, and what is stored of it."""

import asyncio
import io
import time
from collections.abc import AsyncIterator

import pytest

from luka_bot.ingest.registration import CONNECTIONS
from luka_bot.models.errors import InboxFull, ReplicaLost, StorageAway
from tests.metrics import Growth
from tests.scenario.web.webhooks import HEADER, HELLO, SECRET, Door, open_door
from tests.waiting import wait_until

REQUESTS = "luka_webhook_requests_total"


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with open_door() as opened:
        yield opened


async def test_what_is_stored_is_taken(door: Door) -> None:
    growth = Growth()

    answer = await door.post()

    assert answer.status == 200
    assert door.stored == [HELLO]
    assert growth.of(REQUESTS, status="200") == 1


async def test_nothing_is_taken_before_it_is_stored(door: Door) -> None:
    door.gate.clear()
    async with asyncio.TaskGroup() as group:
        asked = group.create_task(door.post())
        await wait_until(lambda: door.waiting == 1)
        assert not asked.done()
        door.gate.set()
    assert asked.result().status == 200


@pytest.mark.parametrize("secret", [None, "", "another", "s3cret", "тайна", b"\xff\xfe"])
async def test_who_doesnt_know_the_secret_brings_nothing(
    door: Door, secret: str | bytes | None
) -> None:
    growth = Growth()

    answer = await door.post(secret=secret)

    assert answer.status == 401
    assert door.stored == []
    assert growth.of(REQUESTS, status="401") == 1


async def test_a_body_that_no_update_can_have_is_refused(door: Door) -> None:
    growth = Growth()

    answer = await door.post(b"x" * (2 << 20))

    assert answer.status == 413
    assert growth.of(REQUESTS, status="413") == 1
    assert (await door.post()).status == 200


async def test_a_delivery_that_is_cut_leaves_nothing(door: Door, logged: io.StringIO) -> None:
    growth = Growth()
    host, _, port = door.url.split("/")[2].partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /telegram HTTP/1.1\r\nHost: luka\r\n{HEADER}: {SECRET}\r\nContent-Length: 99"
    writer.write(f'{head}\r\n\r\n{{"update_id": 5, '.encode())
    await writer.drain()

    writer.close()
    await writer.wait_closed()

    await wait_until(lambda: growth.of(REQUESTS, status="400") == 1)
    assert door.stored == []
    assert "Traceback" not in logged.getvalue()


async def test_a_body_that_isnt_packed_as_it_says_is_refused_without_a_word_of_it(
    door: Door, logged: io.StringIO
) -> None:
    growth = Growth()

    answer = await door.post(b"PRIVATE", packed="gzip")

    assert answer.status == 400
    assert growth.of(REQUESTS, status="400") == 1
    assert logged.getvalue() == ""


@pytest.mark.parametrize(
    "junk",
    [
        f"POST /telegram HTTP/1.1\r\n{HEADER}: PRIVATE\x01\r\n\r\n",
        f"POST /telegram HTTP/1.1\r\n{HEADER}: {SECRET}\r\nTransfer-Encoding: chunked\r\n\r\n-X",
        "PRIVATE\r\n\r\n",
    ],
    ids=["header", "chunk", "line"],
)
async def test_what_is_no_http_leaves_no_word_in_the_log(
    door: Door, logged: io.StringIO, junk: str
) -> None:
    host, _, port = door.url.split("/")[2].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(junk.encode())
    await writer.drain()

    assert b" 400 " in await reader.read(100)

    writer.close()
    assert logged.getvalue() == ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no JSON",
        b"\xff\xfe",
        b"[1]",
        b"[" * 100_000,
        b'{"message": {}}',
        b'{"update_id": "5"}',
        b'{"update_id": true}',
    ],
    ids=lambda body: body[:20].decode(errors="replace"),
)
async def test_what_is_no_update_is_taken_so_that_it_comes_but_once(
    door: Door, body: bytes
) -> None:
    growth = Growth()

    answer = await door.post(body)

    assert answer.status == 200
    assert door.stored == []
    assert growth.of("luka_dead_letters_total", reason="unreadable") == 1


@pytest.mark.parametrize(
    ("trouble", "status", "retry_after"),
    [
        (StorageAway("gone"), 503, "3"),
        (ReplicaLost("r1"), 503, "1"),
        (InboxFull(10), 503, "30"),
        (KeyError("ours"), 500, None),
    ],
)
async def test_what_cant_be_stored_stays_with_telegram(
    door: Door, trouble: Exception, status: int, retry_after: str | None
) -> None:
    growth = Growth()
    door.trouble = trouble

    answer = await door.post()

    assert (answer.status, answer.headers.get("Retry-After")) == (status, retry_after)
    assert growth.of(REQUESTS, status=str(status)) == 1


async def test_only_the_first_delivery_is_told_that_storage_is_away(door: Door) -> None:
    """Another replica may have told it already."""
    now = int(time.time())
    door.trouble = StorageAway("gone")
    new = HELLO | {"message": {"date": now, "text": "new"}}
    tap = {"update_id": 6, "callback_query": {"id": "1"}}

    await door.post(new)
    await door.post(HELLO | {"message": {"date": now - 5, "text": "again"}})
    await door.post(tap)

    assert door.told == [new, tap]


async def test_who_is_ending_sends_telegram_to_another_replica(door: Door) -> None:
    door.stop.set()

    answer = await door.post()

    assert (answer.status, answer.headers.get("Retry-After")) == (503, "1")
    assert door.stored == []


async def test_no_more_is_stored_at_once_than_telegram_may_bring(door: Door) -> None:
    door.gate.clear()
    async with asyncio.TaskGroup() as group:
        for number in range(CONNECTIONS + 20):
            group.create_task(door.post({"update_id": number}))
        await wait_until(lambda: door.waiting == CONNECTIONS)
        door.gate.set()
    assert door.most_at_once == CONNECTIONS
    assert len(door.stored) == CONNECTIONS + 20


async def test_neither_secret_nor_words_stand_in_the_log(door: Door, logged: io.StringIO) -> None:
    await door.post(secret="a-guessed-one")
    door.trouble = KeyError("ours")
    await door.post(HELLO | {"message": {"text": "my private words"}})
    await door.post(b"my private words")

    lines = logged.getvalue()
    assert all(event in lines for event in ("wrong_secret", "webhook.failed", "unreadable"))
    assert "private" not in lines
    assert "guessed" not in lines
