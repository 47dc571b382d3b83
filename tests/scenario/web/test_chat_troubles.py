"""Networks that break, readers that don't read, and a store that is away."""

import asyncio
from pathlib import Path

from luka_bot.models.ids import ThreadId
from luka_bot.storage import keys
from luka_bot.web.chat.seat import SocketRules
from tests.metrics import Growth
from tests.scenario.web.chat_client import Client, Wire
from tests.scenario.web.chat_house import ANNA, BORIS, chat_house

MESSAGES = 40
NOTES = 100


async def test_whoever_is_cut_off_again_and_again_gets_everything_once_and_in_order(
    tmp_path: Path,
) -> None:
    async with chat_house(tmp_path, SocketRules(per_10s=1000)) as house:
        anna, boris = await house.person(ANNA), await house.person(BORIS)
        talk = await anna.creates(BORIS)
        heard: list[tuple[int, str]] = []

        async def listens() -> None:
            while len(heard) < MESSAGES:
                last = heard[-1][0] if heard else 0
                async with boris.socket(talk, f"?last_seq={last}") as wire:
                    await _some(wire, heard)

        await asyncio.gather(listens(), _speaks(anna, talk))

    assert [number for number, _ in heard] == list(range(1, MESSAGES + 1))
    assert [text for _, text in heard] == [f"text {number}" for number in range(MESSAGES)]


async def _some(wire: Wire, heard: list[tuple[int, str]]) -> None:
    """A few, then the line goes dead without a word."""
    for _ in range(7):
        if len(heard) == MESSAGES:
            break
        frame = await wire.next("message", "sync")
        missed = frame.get("messages", [frame])
        heard += [(one["sequence_id"], one["content"]) for one in missed]
    _transport(wire).abort()


async def _speaks(client: Client, talk: str) -> None:
    """Each message twice, as after an acknowledgement that was lost."""
    async with client.socket(talk) as wire:
        for number in range(MESSAGES):
            for _ in range(2):
                await wire.say(f"text {number}", f"m{number}")
                await wire.next("ack")


async def test_a_reader_that_doesn_t_read_is_closed_and_holds_nobody_up(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna, boris = await house.person(ANNA), await house.person(BORIS)
        talk = await anna.creates(BORIS)
        async with anna.socket(talk) as a, boris.socket(talk) as slow:
            await slow.next("sync")
            wire = _transport(slow)
            wire.pause_reading()
            publish = house.conversations.storage.publish
            async with asyncio.TaskGroup() as reading:
                reading.create_task(_reads(a, NOTES))
                for _ in range(NOTES):
                    await publish(ThreadId(talk), {"type": "note", "text": "x" * 200_000})
            await a.say("Hi")
            await a.hears("Hi")
            wire.resume_reading()
            assert await slow.closed() == 4409

    assert slow.kinds().count("note") < NOTES


async def _reads(wire: Wire, many: int) -> None:
    for _ in range(many):
        await wire.next("note")


def _transport(wire: Wire) -> asyncio.Transport:
    connection = wire.ws._response.connection
    assert connection is not None
    assert isinstance(connection.transport, asyncio.Transport)
    return connection.transport


async def test_a_store_that_takes_nothing_is_told_and_the_socket_stays(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna = await house.person(ANNA)
        talk, storage = await anna.creates(), house.services.storage
        async with anna.socket(talk) as a:
            await a.next("sync")
            await storage.read(lambda redis: redis.config_set("maxmemory", "1"))
            await a.say("Hi")
            away = await a.next("error")
            assert await anna.refused("POST", "/chat/conversations") == "STORAGE_UNAVAILABLE"
            await storage.read(lambda redis: redis.config_set("maxmemory", "0"))
            await a.say("Hi")
            await a.hears("Hi")

    assert (away["code"], away["status"], away["message_id"]) == ("STORAGE_UNAVAILABLE", 503, "m1")
    assert away["retry_after"] >= 1


async def test_who_is_turned_away_is_written_down(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna, boris = await house.person(ANNA), await house.person(BORIS)
        talk = await anna.creates()
        assert await house.nobody.refused("GET", "/chat/conversations") == "UNAUTHORIZED"
        assert await boris.knocks(talk) == 403
        noted = await house.services.audit.last(2)
        found = await house.services.storage.read(lambda redis: redis.keys("*"))

    assert [(one.event.value, one.by, one.detail) for one in noted] == [
        ("refused", BORIS, "open_socket"),
        ("sign_in_failed", 0, "list_conversations 127.0.0.1"),
    ]
    assert not [one for one in found if anna.token in str(one)]
    assert [one for one in found if str(one).startswith(keys.chat_session.prefix)]


async def test_what_happens_is_counted(tmp_path: Path) -> None:
    growth = Growth()
    async with chat_house(tmp_path) as house:
        anna = await house.person(ANNA)
        talk = await anna.creates()
        async with anna.socket(talk) as a:
            await a.next("sync")
            await a.next("participant_update")
            assert growth.of("luka_chat_sockets") == growth.of("luka_chat_socket_people") == 1
            await a.say("Hi")
            await a.next("ack")
            await a.say(" ", "m2")
            await a.next("error")
        await anna.call("POST", "/ask", {"content": "Hi"})

    for name in (
        "luka_chat_handshake_seconds_count",
        "luka_chat_socket_seconds_count",
        "luka_chat_say_seconds_count",
        "luka_ask_seconds_count",
    ):
        assert growth.of(name) == 1
    assert growth.of("luka_chat_frames_in_total", type="message") == 1
    assert growth.of("luka_chat_frames_out_total") >= 5
    assert growth.of("luka_chat_frames_dropped_total") == 0
    assert growth.of("luka_chat_errors_total", code="BAD_FRAME") == 1
    assert growth.of("luka_chat_sockets_closed_total", code="1000") == 1
    assert growth.of("luka_chat_call_seconds_count", call="ask") == 1
    assert growth.of("luka_chat_sockets") == 0


async def test_others_see_who_comes_and_goes(tmp_path: Path) -> None:
    async with chat_house(tmp_path) as house:
        anna, boris = await house.person(ANNA), await house.person(BORIS)
        talk = await anna.creates(BORIS)
        async with anna.socket(talk) as a:
            await a.next("sync")
            async with boris.socket(talk) as b:
                await b.next("sync")
                while not _online(await a.next("participant_update"), "tg:8"):
                    pass
                await b.send(type="typing")
                assert (await a.next("typing"))["participant_id"] == "tg:8"
            while _online(await a.next("participant_update"), "tg:8"):
                pass


def _online(update: dict[str, object], who: str) -> bool:
    people = update["participants"]
    assert isinstance(people, list)
    return any(one["id"] == who and one["online"] for one in people)
