"""Alarms in the language of those who look after luka."""

from pathlib import Path

from tests.luka import running_luka
from tests.scenario.bot.alarming import GROUP, QUICK


async def test_a_group_that_speaks_russian_is_told_in_russian(tmp_path: Path) -> None:
    opening = running_luka(tmp_path, pulse=QUICK, admin_chat_id=GROUP, language="ru")
    async with opening as luka:
        luka.telegram.group(GROUP, "Смотрители", [luka.telegram.person(70, "Olga")])
        await luka.telegram.wait_for(lambda: bool(luka.telegram.calls_of("getUpdates")))
        await luka.model.stop()

        await luka.telegram.wait_for(
            lambda: any("модель недоступна" in one for one in luka.telegram.said(GROUP))
        )
