"""One poller per token, whoever it is."""

from pathlib import Path

from luka_bot.demo.telegram import Fault
from luka_bot.storage.binary import bundled_binary
from luka_bot.storage.embedded import embedded_server, server_folder
from tests.luka import running_luka, settings_for
from tests.scenario.bot.talking import ask, newest

BINARY = bundled_binary() or Path()


async def test_a_second_bot_stands_by_and_takes_over_when_the_first_ends(tmp_path: Path) -> None:
    url = f"unix://{server_folder(tmp_path)}/redis.sock"
    async with (
        embedded_server(BINARY, tmp_path),
        running_luka(tmp_path / "luka", redis_url=url) as luka,
    ):
        anna = luka.telegram.person(7, "Anna")
        await ask(luka, anna, "Hi!")
        second = luka.twin(settings_for(luka.telegram.url, luka.model.url, tmp_path, redis_url=url))
        second.start()
        await ask(luka, anna, "Still one?")
        assert not [call for call in luka.telegram.calls_of("getUpdates") if call.status == 409]

        await luka.stop()
        luka.model.reply_with("I am the second.")
        await anna.writes("Who are you?")

        await luka.telegram.wait_for(lambda: newest(luka, 7).text == "I am the second.", seconds=10)
        await second.stop()


async def test_a_restart_beside_a_waiting_bot_answers_nothing_twice(tmp_path: Path) -> None:
    url = f"unix://{server_folder(tmp_path)}/redis.sock"
    async with (
        embedded_server(BINARY, tmp_path),
        running_luka(tmp_path / "luka", redis_url=url) as luka,
    ):
        anna = luka.telegram.person(7, "Anna")
        second = luka.twin(settings_for(luka.telegram.url, luka.model.url, tmp_path, redis_url=url))
        second.start()
        luka.model.gate.clear()
        luka.model.reply_with("The only answer.")
        await anna.writes("Hi!")
        await luka.telegram.wait_for(lambda: len(luka.model.requests) == 1)

        luka.ask_to_stop()
        await anna.writes("And this?")
        luka.model.reply_with("The next answer.")
        luka.model.gate.set()

        await luka.telegram.wait_for(lambda: len(luka.telegram.said(7)) == 2, seconds=15)
        await second.stop()
        assert luka.telegram.said(7) == ["The only answer.", "The next answer."]
        assert len(luka.model.requests) == 2


async def test_a_stranger_with_the_same_token_is_waited_out(tmp_path: Path) -> None:
    async with running_luka(tmp_path) as luka:
        anna = luka.telegram.person(7, "Anna")
        conflict = Fault.refuse(409, "Conflict: terminated by other getUpdates request")
        luka.telegram.faults.add("getUpdates", conflict)
        await ask(luka, anna, "Hi!")

        answer = await ask(luka, anna, "And now?", answer="Here I am.")

        assert answer.text == "Here I am."
