"""How much luka is used, with the names of those who use it most."""

from collections.abc import Mapping

from luka_bot.models.clock import Clock
from luka_bot.models.ids import UserId
from luka_bot.models.stats import StatsReport
from luka_bot.storage.people import PeopleStore
from luka_bot.storage.stats import StatsStore

NAMED = 10  # people; more aren't shown


class StatsService:
    """now: seconds since the epoch."""

    def __init__(self, stats: StatsStore, people: PeopleStore, now: Clock) -> None:
        self._stats = stats
        self._people = people
        self._now = now

    async def report(self, days: int) -> tuple[StatsReport, Mapping[UserId, str]]:
        report = await self._stats.report(days, self._now())
        people = [await self._people.get(one) for one, _ in report.people[:NAMED]]
        return report, {one.user_id: one.name or one.login for one in people}
