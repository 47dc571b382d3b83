"""Which models there are, which of them answers, and what admins change about it."""

from pathlib import Path

from tests.luka import running_luka
from tests.scenario.bot.talking import ask
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, House


async def test_another_model_becomes_the_default_and_stays_it_through_a_restart(
    house: House,
) -> None:
    await ask(house.luka, house.anna, "Hi")
    await house.olga.writes("/models", chat=ADMINS)
    await house.admins_see("⭐ llama3.2 answers")
    assert "In memory: 2.5 GB" in house.card().text
    assert "⭐ llama3.2: 2.0 GB · in memory: 2.5 GB" in house.card().text
    assert house.card().buttons == ["⭐ llama3.2", "qwen3", "🔄 Refresh"]

    await house.olga.taps("qwen3", chat=ADMINS)
    await house.admins_see("On the disk: 2.0 GB")
    await house.olga.taps("⭐ Make default", chat=ADMINS)
    await house.admins_see("qwen3 answers from now on")
    await house.luka.stop()
    house.luka.start()
    await ask(house.luka, house.anna, "And now?")

    asked = [body["model"] for body in house.luka.model.requests]
    assert asked == ["llama3.2", "qwen3:latest"]
    assert ("model_switched", 9, None, "qwen3:latest") in await house.audited()


async def test_a_model_is_deleted_after_a_question_and_the_default_one_never(
    house: House,
) -> None:
    await house.olga.writes("/models", chat=ADMINS)
    await house.admins_see("⭐ llama3.2 answers")
    await house.olga.taps("⭐ llama3.2", chat=ADMINS)
    await house.admins_see("Before it can be deleted, make another one the default")
    assert house.card().buttons == ["‹ Back"]

    await house.olga.taps("‹ Back", chat=ADMINS)
    await house.admins_see("⭐ llama3.2 answers")
    await house.olga.taps("qwen3", chat=ADMINS)
    await house.admins_see("On the disk")
    await house.olga.taps("🗑 Delete", chat=ADMINS)
    await house.admins_see("🗑 Delete qwen3?")
    await house.olga.taps("🗑 Yes, delete", chat=ADMINS)
    await house.admins_see("qwen3:latest is deleted")

    assert house.luka.model.models == ["llama3.2:latest"]
    assert ("model_deleted", 9, None, "qwen3:latest") in await house.audited()
    await house.olga.writes("/models use qwen3", chat=ADMINS)
    await house.admins_see("qwen3 isn't on the server")


async def test_where_ollama_is_away_admins_are_told_what_to_do(house: House) -> None:
    await house.luka.model.stop()

    await house.olga.writes("/models", chat=ADMINS)
    await house.admins_see("Ollama doesn't answer right now. See whether it runs")


async def test_a_server_with_its_own_models_takes_a_name_and_nothing_else(tmp_path: Path) -> None:
    opening = running_luka(
        tmp_path,
        admin_chat_id=ADMINS,
        llm_api="openai",
        llm_url="http://127.0.0.1:9/v1",
        llm_model="ours",
    )
    async with opening as luka:
        house = furnished(luka)
        await house.olga.writes("/models", chat=ADMINS)
        await house.admins_see("brings its own models")
        await house.olga.writes("/pull qwen3", chat=ADMINS)
        await house.admins_see("I can't download any there")
        await house.olga.writes("/models use other/model", chat=ADMINS)
        await house.admins_see("other/model answers from now on")
        await house.olga.writes("/models", chat=ADMINS)
        await house.admins_see("⭐ other/model answers")
