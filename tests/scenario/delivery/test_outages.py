"""Telegram silent, cut off or out of reach: the message still arrives, and rarely twice."""

import asyncio
import time
from collections.abc import Mapping, Sequence

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from structlog.testing import capture_logs

from chaos.ports import free_port
from luka_bot.delivery.courier import Courier
from luka_bot.delivery.pace import Paces
from luka_bot.delivery.rendered import Rendered
from luka_bot.delivery.wire import Timeouts
from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from tests.scenario.delivery.conftest import QUICK
from tests.scenario.delivery.writing import DM
from tests.waiting import wait_until

HELLO = Rendered("Hello there.")


@pytest.mark.parametrize("times", [1, 2])
async def test_a_send_that_was_cut_off_is_sent_again_and_counted(
    telegram: LocalTelegram, courier: Courier, anna: Person, times: int
) -> None:
    telegram.faults.add("sendMessage", Fault.cut_before(), times=times)

    with capture_logs() as logs:
        await courier.send(DM, HELLO)

    assert telegram.said(anna.id) == ["Hello there."]
    assert _doubts(logs) == ["wire"] * times


async def test_each_doubt_costs_one_copy_at_most_and_is_counted(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.cut_after(), times=2)

    with capture_logs() as logs:
        await courier.send(DM, HELLO)

    assert telegram.said(anna.id) == ["Hello there."] * 3
    assert _doubts(logs) == ["wire"] * 2


@pytest.mark.parametrize("silent", [Fault.silence(), Fault.cut_after()])
async def test_an_outage_costs_one_copy_at_most_and_never_the_message(
    telegram: LocalTelegram, bot: Bot, anna: Person, silent: Fault
) -> None:
    courier = Courier(bot, Paces(time.monotonic, gaps=QUICK), timeouts=Timeouts(call=0.2))
    telegram.faults.add("sendMessage", silent)
    telegram.faults.add("sendChatAction", Fault.silence(), times=2)
    telegram.faults.add("sendChatAction", Fault.flood(1))

    await courier.send(DM, HELLO)

    assert set(telegram.said(anna.id)) == {"Hello there."}
    assert len(telegram.calls_of("sendMessage")) == 2
    assert len(telegram.calls_of("sendChatAction")) == 3


async def test_who_never_got_a_connection_has_said_nothing(
    telegram: LocalTelegram, anna: Person
) -> None:
    telegram.faults.add("sendChatAction", Fault.silence(seconds=0.5))
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url), limit=1)
    async with Bot(telegram.token, session=session) as bot, asyncio.TaskGroup() as group:
        courier = Courier(bot, Paces(time.monotonic), timeouts=Timeouts(connect=0.1))
        group.create_task(courier.typing(DM))
        await telegram.wait_for(lambda: telegram.calls_of("sendChatAction"))
        with capture_logs() as logs:
            await courier.send(DM, HELLO)

    assert telegram.said(anna.id) == ["Hello there."]
    assert "Unreached" in [one.get("why") for one in logs]
    assert _doubts(logs) == []


async def test_leaving_lets_a_send_in_flight_end(
    telegram: LocalTelegram, courier: Courier, anna: Person
) -> None:
    telegram.faults.add("sendMessage", Fault.silence(seconds=0.3))
    async with asyncio.TaskGroup() as group:
        task = group.create_task(courier.send(DM, HELLO))
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        task.cancel()

    assert task.cancelled()
    assert telegram.said(anna.id) == ["Hello there."]


@pytest.mark.usefixtures("anna")
async def test_leaving_in_a_hurry_waits_for_nothing(
    telegram: LocalTelegram, courier: Courier
) -> None:
    telegram.faults.add("sendMessage", Fault.silence())
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        task = group.create_task(courier.send(DM, HELLO))
        await telegram.wait_for(lambda: telegram.calls_of("sendMessage"))
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()

    assert task.cancelled()


async def test_a_send_waits_for_a_telegram_that_nobody_can_reach_yet() -> None:
    port = free_port()
    session = AiohttpSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{port}"))
    async with Bot("1:test", session=session) as bot, asyncio.TaskGroup() as group:
        with capture_logs() as logs:
            group.create_task(Courier(bot, Paces(time.monotonic)).send(DM, HELLO))
            await wait_until(lambda: any(one["event"] == "delivery.repeated" for one in logs))
            async with LocalTelegram.open(port=port) as telegram:
                anna = telegram.person(DM.chat_id, "Anna")
                await telegram.wait_for(lambda: telegram.said(anna.id) == ["Hello there."])


def _doubts(logs: Sequence[Mapping[str, object]]) -> list[object]:
    return [one["why"] for one in logs if one["event"] == "delivery.ambiguous_send"]
