"""Trouble by chance, several doors, and polls in another order."""

import aiohttp
import pytest

from luka_bot.demo.telegram import Fault, LocalTelegram, Person
from luka_bot.demo.telegram.happenings import Called
from tests.unit.demo_telegram.conftest import Api


def calls_heard(telegram: LocalTelegram) -> list[Called]:
    heard: list[Called] = []
    telegram.world.listeners.append(
        lambda happening: heard.append(happening) if isinstance(happening, Called) else None
    )
    return heard


@pytest.mark.usefixtures("anna")
async def test_weather_spoils_what_no_order_meets(telegram: LocalTelegram, api: Api) -> None:
    telegram.faults.add("sendMessage", Fault.flood(1))
    telegram.faults.weather = lambda method: (
        Fault.server_error() if method == "sendMessage" else None
    )
    statuses = [(await api("sendMessage", chat_id=7, text="x")).status for _ in range(2)]
    assert [*statuses, (await api("getMe")).status] == [429, 500, 200]


@pytest.mark.usefixtures("anna")
async def test_a_cut_call_tells_its_effect_to_those_who_listen(
    telegram: LocalTelegram, api: Api
) -> None:
    heard = calls_heard(telegram)
    telegram.faults.add("sendMessage", Fault.cut_after())
    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=7, text="x")
    assert [(one.message_id, one.heard) for one in heard] == [
        (telegram.shown(7)[-1].message_id, False)
    ]


async def test_callers_are_told_apart_by_their_door(
    telegram: LocalTelegram, session: aiohttp.ClientSession
) -> None:
    heard = calls_heard(telegram)
    doors = [telegram.url, await telegram.another_door()]
    for door in doors:
        await (await session.get(f"{door}/bot{telegram.token}/getMe")).read()
    assert [one.door for one in heard] == [int(door.rpartition(":")[2]) for door in doors]


async def test_a_poll_may_bring_updates_in_another_order(
    telegram: LocalTelegram, api: Api, anna: Person
) -> None:
    telegram.world.updates.arrange = lambda batch: batch[::-1]
    for text in ("one", "two"):
        await anna.writes(text)
    brought = await api("getUpdates")
    assert [one["message"]["text"] for one in brought.result] == ["two", "one"]
