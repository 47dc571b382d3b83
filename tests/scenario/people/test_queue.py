"""Who waits for the model, as admins see it."""

from pathlib import Path

from tests.luka import running_luka
from tests.scenario.people.conftest import furnished
from tests.scenario.people.house import ADMINS, ANNA, House


async def test_an_admin_stops_who_is_answered_and_who_waits(tmp_path: Path) -> None:
    """Both end as if they had been stopped by the person."""
    opening = running_luka(
        tmp_path,
        access="approval",
        admin_chat_id=ADMINS,
        allowed_ids=str(ANNA),
        max_concurrent_generations=1,
    )
    async with opening as luka:
        house = furnished(luka)
        await _everybody_asks(house)
        await house.olga.writes("/queue", chat=ADMINS)
        await house.admins_see("Being answered: 1, waiting: 1")
        assert house.card().buttons == ["⏹ Stop: Anna", "⏹ Stop: Olga", "🔄 Refresh"]
        first = house.card().keyboard[0][0].data or ""

        await house.olga.taps("⏹ Stop: Olga", chat=ADMINS)
        await house.olga.taps_data(house.card().message_id, first, chat=ADMINS)
        await house.olga.taps_data(house.card().message_id, first, chat=ADMINS)
        await house.hears(house.olga, "Stopped")
        await house.hears(house.anna, "Stopped")
        luka.model.gate.set()
        await house.olga.taps("🔄 Refresh", chat=ADMINS)
        await house.admins_see("Nobody waits")
        assert await house.audited() == [
            ("queue_cancelled", house.olga.id, house.olga.id, ""),
            ("queue_cancelled", house.olga.id, house.anna.id, ""),
        ]


async def _everybody_asks(house: House) -> None:
    """Anna is being answered, Olga waits behind her."""
    house.luka.model.gate.clear()
    await house.anna.writes("A long one")
    await house.luka.telegram.wait_for(lambda: len(house.luka.model.requests) == 1)
    await house.olga.writes("Another one")
    await house.hears(house.olga, "next in line")
