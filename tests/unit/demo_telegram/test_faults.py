"""Trouble comes as ordered: how often, for whom, with or without effect."""

import asyncio

import aiohttp
import pytest

from luka_bot.demo.telegram import Fault, LocalTelegram
from tests.unit.demo_telegram.conftest import Api

pytestmark = pytest.mark.usefixtures("anna")


async def test_a_refusal_comes_as_often_as_ordered(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.flood(retry_after=2), times=2)
    answers = [await api("sendMessage", chat_id=7, text="x") for _ in range(3)]
    assert [one.status for one in answers] == [429, 429, 200]
    assert answers[0].body["parameters"] == {"retry_after": 2}
    assert [one.status for one in telegram.calls_of("sendMessage")] == [429, 429, 200]


async def test_an_order_can_mean_one_chat_and_one_text(telegram: LocalTelegram, api: Api) -> None:
    telegram.person(8, "Борис")
    telegram.faults.add(
        "sendMessage", Fault.cannot_parse(), chat_id=7, times=None, when=lambda p: "entities" in p
    )
    assert (await api("sendMessage", chat_id=8, text="x", entities=[])).status == 200
    assert (await api("sendMessage", chat_id=7, text="x")).status == 200
    refused = await api("sendMessage", chat_id=7, text="x", entities=[])
    assert refused.refusal.startswith("Bad Request: can't parse entities")
    telegram.faults.clear()
    assert (await api("sendMessage", chat_id=7, text="x", entities=[])).status == 200


@pytest.mark.parametrize(("fault", "seen"), [(Fault.cut_before(), []), (Fault.cut_after(), ["x"])])
async def test_a_cut_connection_may_hide_an_effect(
    telegram: LocalTelegram, api: Api, fault: Fault, seen: list[str]
) -> None:
    telegram.faults.add("sendMessage", fault)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=7, text="x")
    assert telegram.said(7) == seen
    assert [(one.ok, one.status) for one in telegram.calls] == [(False, 0)]


async def test_garbage_is_no_json(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("getMe", Fault.garbage())
    with pytest.raises(aiohttp.ContentTypeError):
        await api("getMe")


async def test_a_server_error_has_no_effect(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.server_error())
    assert (await api("sendMessage", chat_id=7, text="x")).status == 500
    assert telegram.said(7) == []


async def test_silence_lasts_until_the_caller_hangs_up(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.silence())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await api("sendMessage", chat_id=7, text="x")
    assert telegram.said(7) == []


async def test_what_is_held_has_taken_effect(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.hold())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await api("sendMessage", chat_id=7, text="x")
    assert telegram.said(7) == ["x"]


async def test_a_short_silence_is_a_late_answer(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.silence(0.01))
    assert (await api("sendMessage", chat_id=7, text="x")).status == 200
    assert telegram.said(7) == ["x"]


async def test_closing_ends_whoever_is_kept_waiting(session: aiohttp.ClientSession) -> None:
    async with LocalTelegram.open() as telegram, asyncio.TaskGroup() as group:
        telegram.faults.add("getMe", Fault.silence())
        url = f"{telegram.url}/bot{telegram.token}/getMe"
        hung = group.create_task(disconnected(session, url))
        await telegram.wait_for(lambda: telegram.calls_of("getMe"))
        telegram.close()
    assert await hung


async def disconnected(session: aiohttp.ClientSession, url: str) -> bool:
    with pytest.raises(aiohttp.ClientConnectionError):
        await session.post(url)
    return True
