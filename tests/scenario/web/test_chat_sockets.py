"""What people do with sockets."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from luka_bot.demo.model import Reply
from luka_bot.web.chat.seat import SocketRules
from tests.scenario.web.chat_house import ANNA, BORIS, CLARA, ChatHouse, chat_house

QUICK = SocketRules(heartbeat=0.3, dead_after=1.5)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ChatHouse]:
    async with chat_house(tmp_path) as house:
        yield house


async def test_three_people_hear_each_other_and_nobody_speaks_as_somebody_else(
    house: ChatHouse,
) -> None:
    anna, boris, clara = [await house.person(one) for one in (ANNA, BORIS, CLARA)]
    talk = await anna.creates(BORIS, CLARA)

    async with anna.socket(talk) as a, boris.socket(talk) as b, clara.socket(talk) as c:
        welcome = await a.next("welcome")
        assert (welcome["participant_id"], welcome["input_mode"]) == ("tg:7", "multi")
        assert (await a.next("sync"))["reset"] is True
        for wire in (b, c):
            await wire.next("sync")
        await a.say("Hi", sender_id="tg:8", sender_name="Boris")
        assert (
            await a.next("ack")
            == {
                "type": "ack",
                "message_id": "m1",
                "sequence_id": 1,
                "duplicate": False,
            }
            or "message" in a.kinds()
        )
        heard = [await wire.hears("Hi") for wire in (b, c)]
        await a.say("Hi again, once more", "m1")
        again = await a.next("ack")

    assert [(one["sender_id"], one["sender_name"]) for one in heard] == [("tg:7", "Anna")] * 2
    assert (again["sequence_id"], again["duplicate"]) == (1, True)


async def test_whoever_comes_again_gets_what_they_missed_and_nothing_twice(
    house: ChatHouse,
) -> None:
    anna, boris = await house.person(ANNA), await house.person(BORIS)
    talk = await anna.creates(BORIS)
    async with anna.socket(talk) as a:
        async with boris.socket(talk) as b:
            epoch = (await b.next("welcome"))["epoch"]
            await a.say("one", "m1")
            await b.hears("one")
        for number in ("two", "three"):
            await a.say(number, number)
            await a.hears(number)

        async with boris.socket(talk, f"?last_seq=1&epoch={epoch}") as b:
            assert (await b.next("welcome"))["resumed"] is True
            missed = await b.next("sync")
            await a.say("four", "m4")
            live = await b.hears("four")
            await b.send(type="sync", after=2, limit=1)
            asked = await b.next("sync")
        async with boris.socket(talk, "?last_seq=99&epoch=another") as b:
            fresh = [await b.next("welcome"), await b.next("sync")]

    assert [one["content"] for one in missed["messages"]] == ["two", "three"]
    assert missed["reset"] is False
    assert live["sequence_id"] == 4
    assert [one["sequence_id"] for one in asked["messages"]] == [3]
    assert (fresh[0]["resumed"], fresh[1]["reset"]) == (False, True)
    assert [one["sequence_id"] for one in fresh[1]["messages"]] == [1, 2, 3, 4]


async def test_an_agent_s_answer_grows_on_every_socket(house: ChatHouse) -> None:
    anna = await house.person(ANNA)
    talk = await anna.creates(agents=None)
    async with anna.socket(talk) as phone, anna.socket(talk) as desk:
        for wire in (phone, desk):
            await wire.next("sync")
        await phone.say("Hi")
        answers = [await wire.hears("Hello there.") for wire in (phone, desk)]

    assert {one["sender_id"] for one in answers} == {"agent:luka"}
    assert "stream" in desk.kinds()


async def test_who_asked_is_told_in_their_language_that_there_is_no_answer(
    house: ChatHouse,
) -> None:
    anna = await house.person(ANNA)
    house.model.reply_with(Reply(status=400, error="no"))
    talk = await anna.creates(agents=None)
    async with anna.socket(talk, headers={**anna.headers, "Accept-Language": "ru"}) as a:
        await a.say("Hi")
        error = await a.next("error")

    assert (error["code"], error["agent"]) == ("AGENT_FAILED", "luka")
    assert error["message"] == "Ответа нет: luka. Спросите ещё раз, можно чуть позже."


async def test_frames_that_nobody_can_read_are_told_and_end_the_socket(house: ChatHouse) -> None:
    anna = await house.person(ANNA)
    talk = await anna.creates()
    async with anna.socket(talk) as a:
        await a.next("sync")
        await a.say("x" * 10_001, "long")
        long = await a.next("error")
        await a.say(" ", "empty")
        empty = await a.next("error")
        for text in ("{", "[]", '{"type":"nothing"}', '{"type":"sync","after":-1}'):
            await a.ws.send_str(text)
        assert await a.closed() == 4400
    async with anna.socket(talk) as a:
        await a.ws.send_str('{"type":"ping","t":"' + "x" * 140_000 + '"}')
        huge = await a.next("error")
        assert await a.closed() == 4400

    assert (long["code"], long["status"], long["message_id"]) == ("TOO_LARGE", 413, "long")
    assert (empty["code"], empty["status"], empty["message_id"]) == ("BAD_FRAME", 400, "empty")
    assert huge["code"] == "TOO_LARGE"


async def test_whoever_writes_too_much_is_held_back_and_a_flood_is_cut_off(
    tmp_path: Path,
) -> None:
    async with chat_house(tmp_path, SocketRules(per_10s=2)) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates()
        async with anna.socket(talk) as a, anna.socket(talk) as other:
            await a.say("1", "m1")
            await other.say("2", "m2")
            await other.next("ack")
            await a.say("3", "m3")
            refused = await a.next("error")
            for number in range(20):
                await a.send(type="ping", t=number)
            assert await a.closed() == 4429

    assert (refused["code"], refused["message_id"]) == ("RATE_LIMITED", "m3")
    assert refused["retry_after"] >= 1
    assert a.kinds().count("pong") == 18


async def test_who_is_silent_for_too_long_is_cut_off_and_who_answers_pings_is_not(
    tmp_path: Path,
) -> None:
    async with chat_house(tmp_path, QUICK) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates()
        async with anna.socket(talk, autoping=False) as deaf, anna.socket(talk) as awake:
            async with asyncio.TaskGroup() as group:
                reading = group.create_task(awake.next("pong"))  # who reads answers pings
                assert await deaf.closed() == 4408
                await awake.send(type="ping", t=1)
            assert reading.result()["t"] == 1


async def test_whoever_is_removed_leaves_or_signs_out_has_no_socket_any_more(
    tmp_path: Path,
) -> None:
    async with chat_house(tmp_path, SocketRules(heartbeat=0.1)) as house:
        anna, boris, clara = [await house.person(one) for one in (ANNA, BORIS, CLARA)]
        talk = await anna.creates(BORIS, CLARA)
        async with anna.socket(talk) as a, boris.socket(talk) as b, clara.socket(talk) as c:
            for wire in (a, b, c):
                await wire.next("sync")
            await anna.call("DELETE", f"/chat/{talk}/participants/tg:8", status=204)
            assert await b.closed() == 4403
            await c.send(type="leave")
            assert await c.closed() in {1000, 4403}
            await a.send(type="leave")
            assert (await a.next("error"))["code"] == "FORBIDDEN"
            await anna.call("POST", "/auth/logout", status=204)
            assert await a.closed() == 4401
        assert await boris.knocks(talk) == 403
        assert await anna.knocks(talk) == 401


async def test_a_session_can_be_renewed_but_not_with_somebody_else_s(tmp_path: Path) -> None:
    async with chat_house(tmp_path, SocketRules(heartbeat=0.1)) as house:
        anna, again, boris = [await house.person(one) for one in (ANNA, ANNA, BORIS)]
        talk = await anna.creates()
        async with anna.socket(talk) as a:
            await a.send(type="auth", token=boris.token)
            assert (await a.next("error"))["code"] == "UNAUTHORIZED"
            await a.send(type="auth", token=again.token)
            await a.send(type="ping", t=1)
            await a.next("pong")
            await anna.call("POST", "/auth/logout", status=204)
            await a.say("still here")
            await a.hears("still here")


async def test_everybody_hears_that_luka_goes_and_when_to_come_again(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates()
        async with anna.socket(talk) as a:
            await a.next("sync")
            _, code = await asyncio.gather(house.front.bye(), a.closed())
        assert await anna.knocks(talk) == 503

    bye = a.seen[-1]
    assert (code, bye["code"], bye["reconnect"]) == (1001, 1001, True)
    assert 500 <= bye["delay_ms"] <= 5000
