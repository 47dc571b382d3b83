"""A model is downloaded: seen in one message, through restarts and trouble, until it is here."""

from luka_bot.demo.model import Pulling
from luka_bot.models.ids import MessageId
from tests.scenario.people.house import ADMINS, House


async def test_a_download_goes_on_in_the_same_message_after_a_restart(house: House) -> None:
    ollama, telegram = house.luka.model, house.luka.telegram
    ollama.pull_with(Pulling(steps=4, hold_after=2))
    ollama.gate.clear()
    message = await _pull(house, "gemma3:4b")
    await telegram.wait_for(lambda: ollama.pulling == 1)
    await house.olga.writes("/pull gemma3:4b", chat=ADMINS)
    await house.admins_see("gemma3:4b is being downloaded already:")
    assert house.card().reply_to == message

    await house.luka.stop()
    assert ollama.pulling == 0
    house.luka.start()
    await telegram.wait_for(lambda: ollama.pulling == 1)
    ollama.gate.set()
    await house.admins_see("✅ gemma3:4b is here: 2.5 GB.")

    versions = telegram.versions(ADMINS, message)
    assert versions[0] == "⬇️ gemma3:4b\nAsking Ollama for it…"
    assert versions[-1] == "✅ gemma3:4b is here: 2.5 GB."
    assert any("▓▓░░░░░░░░ 25 % · 0.6 of 2.5 GB" in one for one in versions)
    assert ollama.pulls == ["gemma3:4b", "gemma3:4b"]
    await house.olga.taps("⭐ Make default", chat=ADMINS)
    await house.admins_see("gemma3:4b answers from now on")
    assert ("model_pulled", 9, None, "gemma3:4b") in await house.audited()


async def test_whoever_cancels_stops_the_download(house: House) -> None:
    ollama = house.luka.model
    ollama.pull_with(Pulling(hold_after=1))
    ollama.gate.clear()
    message = await _pull(house, "gemma3:4b")
    await house.luka.telegram.wait_for(lambda: ollama.pulling == 1)

    await house.olga.taps("✖️ Cancel", chat=ADMINS)
    await house.admins_see("gemma3:4b: cancelled by Olga. /pull gemma3:4b goes on")

    await house.luka.telegram.wait_for(lambda: ollama.pulling == 0)
    assert house.card().message_id == message
    assert house.card().buttons == []
    assert ollama.models == ["llama3.2:latest", "qwen3:latest"]


async def test_a_download_that_breaks_is_taken_up_again(house: House) -> None:
    ollama = house.luka.model
    ollama.pull_with(Pulling(steps=4, hold_after=2, cut_after=2))
    ollama.gate.clear()
    await _pull(house, "gemma3:4b")
    await house.luka.telegram.wait_for(lambda: ollama.pulling == 1)
    ollama.pull_with(Pulling())
    ollama.gate.set()

    await house.admins_see("✅ gemma3:4b is here")
    assert ollama.pulls == ["gemma3:4b", "gemma3:4b"]


async def test_what_cannot_be_downloaded_is_said_with_a_way_on(house: House) -> None:
    await _pull(house, "missing:1b")
    await house.admins_see("Nobody has a model called missing:1b")
    full = "write /models/blobs/x: no space left on device"
    house.luka.model.pull_with(Pulling(error_after=1, error=full))
    await _pull(house, "gemma3:4b")
    await house.admins_see("Delete a model under /models, then /pull gemma3:4b goes on")

    await house.olga.writes("/pull", chat=ADMINS)
    await house.admins_see("Write which model, such as /pull qwen3:8b")
    await house.olga.writes("/pull <b>", chat=ADMINS)
    await house.admins_see("That can't be a model's name")
    assert house.luka.model.pulls == ["missing:1b", "gemma3:4b"]


async def _pull(house: House, name: str) -> MessageId:
    """The number of the message in which it is seen."""
    await house.olga.writes(f"/pull {name}", chat=ADMINS)
    await house.admins_see(f"⬇️ {name}")
    return house.card().message_id
