"""Who waits for the model, as admins see it."""

from tests.scenario.people.house import ADMINS, House


async def test_an_admin_stops_who_is_answered_and_who_waits(house: House) -> None:
    """Both end as if they had been stopped by the person."""
    house.luka.model.gate.clear()
    await house.anna.writes("A long one")
    await house.luka.telegram.wait_for(lambda: len(house.luka.model.requests) == 1)
    await house.olga.writes("/queue", chat=ADMINS)
    await house.admins_see("Being answered: 1, waiting: 0")
    assert house.card().buttons == ["⏹ Stop: Anna", "🔄 Refresh"]

    await house.olga.taps("⏹ Stop: Anna", chat=ADMINS)
    await house.toast(house.olga, "I'm stopping it")
    await house.hears(house.anna, "Stopped")
    house.luka.model.gate.set()
    await house.olga.taps("🔄 Refresh", chat=ADMINS)
    await house.admins_see("Nobody waits")
    assert ("queue_cancelled", house.olga.id, house.anna.id, "") in await house.audited()
