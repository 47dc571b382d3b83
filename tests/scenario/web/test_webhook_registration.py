"""Telegram is told where to bring updates when something changed, and only then."""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError
from pydantic import SecretStr

from luka_bot.demo.telegram import Fault
from luka_bot.demo.telegram.webhook import Target
from luka_bot.ingest.raw_updates import ALLOWED_UPDATES
from luka_bot.ingest.registration import CONNECTIONS, Endpoint
from luka_bot.storage.client import Storage
from luka_bot.storage.inbox_records import InboxRecords
from tests.scenario.web.registering import NOBODY, SECRET, Replicas, replicas
from tests.waiting import wait_until

OFTEN = 0.02  # s between two looks
ELSEWHERE = "http://127.0.0.1:10/hook"


@pytest.fixture
async def ours(storage: Storage) -> AsyncIterator[Replicas]:
    async with replicas(storage) as some:
        yield some


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("https://bot.example.org", "https://bot.example.org/telegram"),
        ("https://bot.example.org/", "https://bot.example.org/telegram"),
        ("https://bot.example.org:8443/luka/hook", "https://bot.example.org:8443/luka/hook"),
        ("https://bot.example.org?a=b", "https://bot.example.org/telegram?a=b"),
    ],
)
def test_an_address_without_a_path_gets_ours(written: str, registered: str) -> None:
    endpoint = Endpoint.of(written, SecretStr("a"))

    assert endpoint.url == registered
    assert endpoint.path in ("/telegram", "/luka/hook")


async def test_the_first_start_says_where_and_how_and_drops_nothing(ours: Replicas) -> None:
    anna = ours.telegram.person(7, "Anna")
    await anna.writes("before")

    async with ours.one(secret="s3cret"):
        await ours.noted(secret="s3cret")

    (call,) = ours.attempts()
    assert call.params["url"] == NOBODY
    assert call.params["secret_token"] == "s3cret"
    assert call.params["allowed_updates"] == ALLOWED_UPDATES
    assert call.params["max_connections"] == CONNECTIONS
    assert ours.telegram.pending_updates == 1


async def test_another_start_finds_all_as_it_should_be(ours: Replicas) -> None:
    async with ours.one():
        await ours.noted()

    async with ours.one(every=OFTEN):
        await ours.looked(3)

    assert len(ours.attempts()) == 1


@pytest.mark.parametrize(("url", "secret"), [(ELSEWHERE, SECRET), (NOBODY, "b")])
async def test_a_change_of_address_or_secret_is_told(ours: Replicas, url: str, secret: str) -> None:
    async with ours.one():
        await ours.noted()

    async with ours.one(url, secret):
        await ours.noted(url, secret)

    assert len(ours.attempts()) == 2
    assert ours.attempts()[-1].params["url"] == url
    assert ours.attempts()[-1].params["secret_token"] == secret


async def test_of_many_that_start_together_one_sets_it(ours: Replicas, logged: io.StringIO) -> None:
    async with ours.one(), ours.one(), ours.one():
        await wait_until(lambda: logged.getvalue().count('"webhook.stands"') == 3)

    assert len(ours.attempts()) == 1


def is_right(ours: Replicas) -> bool:
    target, allowed = ours.telegram.world.webhook.target, ours.telegram.world.updates.allowed
    return target == Target(NOBODY, SECRET, CONNECTIONS) and list(allowed) == ALLOWED_UPDATES


@pytest.mark.parametrize(
    "meddle",
    [
        lambda bot: bot.delete_webhook(),
        lambda bot: bot.set_webhook(ELSEWHERE),
        lambda bot: bot.set_webhook(NOBODY, allowed_updates=["message"], max_connections=100),
        lambda bot: bot.set_webhook(NOBODY, max_connections=1),
    ],
    ids=["deleted", "another address", "other updates", "fewer connections"],
)
async def test_what_another_program_did_to_it_is_undone(
    ours: Replicas, meddle: Callable[[Bot], Awaitable[object]], logged: io.StringIO
) -> None:
    async with ours.one(every=OFTEN):
        await ours.noted()
        await meddle(ours.bot)

        await ours.telegram.wait_for(lambda: is_right(ours))

    assert '"webhook.lost"' in logged.getvalue()


async def test_a_secret_that_another_program_changed_shows_in_our_own_refusals(
    ours: Replicas,
) -> None:
    async with ours.one(every=OFTEN):
        await ours.noted()
        error = (int(time.time()) + 1, "Wrong response from the webhook: 401 Unauthorized")
        ours.telegram.world.webhook.last_error = error

        await ours.telegram.wait_for(lambda: len(ours.attempts()) == 2)


async def test_a_replica_of_ours_that_polls_now_is_left_in_peace(
    ours: Replicas, storage: Storage
) -> None:
    async with ours.one(every=OFTEN):
        await ours.noted()
        await InboxRecords(storage, time.time).polled()
        await ours.bot.delete_webhook()
        await ours.looked(4)

    assert len(ours.attempts()) == 1


async def test_of_two_that_want_different_things_the_one_that_started_last_has_its_way(
    ours: Replicas,
) -> None:
    async with ours.one(every=OFTEN):
        await ours.noted()
        async with ours.one(ELSEWHERE, "b", every=OFTEN):
            await ours.noted(ELSEWHERE, "b")
            await ours.looked(6)

    assert [call.params["url"] for call in ours.attempts()] == [NOBODY, ELSEWHERE]


@pytest.mark.parametrize(
    "fault", [Fault.flood(1), Fault.server_error(), Fault.cut_before(), Fault.cut_after()]
)
@pytest.mark.parametrize("method", ["getWebhookInfo", "setWebhook"])
async def test_trouble_at_telegram_only_delays_it(
    ours: Replicas, method: str, fault: Fault
) -> None:
    ours.telegram.faults.add(method, fault)

    async with ours.one():
        await ours.noted()

    assert ours.telegram.world.webhook.target is not None


async def test_the_log_says_why_telegram_refuses_an_address(
    ours: Replicas, logged: io.StringIO
) -> None:
    reason = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
    ours.telegram.faults.add("setWebhook", Fault.refuse(400, f"Bad Request: {reason}"))

    async with ours.one():
        await ours.noted()

    assert reason in logged.getvalue()


async def test_a_wrong_token_ends_it_at_once(ours: Replicas) -> None:
    ours.telegram.faults.add("getWebhookInfo", Fault.refuse(401, "Unauthorized"))

    with pytest.raises(TelegramUnauthorizedError):
        async with asyncio.timeout(5):
            await ours.registration().run()


async def test_a_token_refused_later_is_a_sign_for_the_watchdog(ours: Replicas) -> None:
    async with ours.one(every=OFTEN):
        await ours.noted()
        ours.telegram.faults.add("getWebhookInfo", Fault.refuse(401, "Unauthorized"))
        await wait_until(lambda: ours.vitals.refused_at is not None)

        await wait_until(lambda: ours.vitals.refused_at is None)


async def test_its_state_is_what_telegram_says(ours: Replicas) -> None:
    registration = ours.registration()
    before = await registration.state()
    async with ours.one():
        await ours.noted()
    await ours.telegram.person(7, "Anna").writes("Nobody listens")
    await ours.telegram.wait_for(lambda: ours.telegram.world.webhook.last_error)

    after = await registration.state()

    assert before is not None
    assert (before.ours, before.pending, before.failed_ago) == (False, 0, None)
    assert after is not None
    assert (after.ours, after.pending) == (True, 1)
    assert after.failed_ago is not None
    assert 0 <= after.failed_ago < 60


@pytest.mark.parametrize("fault", [Fault.server_error(), Fault.refuse(401, "Unauthorized")])
async def test_without_an_answer_its_state_is_unknown(ours: Replicas, fault: Fault) -> None:
    ours.telegram.faults.add("getWebhookInfo", fault)

    assert await ours.registration().state() is None
