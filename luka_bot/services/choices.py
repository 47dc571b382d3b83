"""How somebody likes it: language, thinking, sound, time zone."""

from functools import cache
from zoneinfo import available_timezones

from luka_bot.models.ids import UserId
from luka_bot.models.people_errors import ZoneUnknown
from luka_bot.models.person import Choice, Person
from luka_bot.storage.people import PeopleStore

_FIELDS = {Choice.LANGUAGE: "chosen_language"}


class Choices:
    def __init__(self, people: PeopleStore) -> None:
        self._people = people

    async def choose(self, user_id: UserId, choice: Choice, value: str) -> Person:
        """value: "" for what it is without a choice; "1" for what is on. Raises ZoneUnknown, and
        PersonGone for a stranger, of whom nothing is kept."""
        if choice is Choice.TIME_ZONE and value:
            value = _zone(value)
        field = _FIELDS.get(choice, choice.value)
        return await self._people.update(user_id, **{field: value})


def _zone(name: str) -> str:
    """As it is written; nobody has to think of capitals."""
    found = _zones().get(name.strip().replace(" ", "_").casefold())
    if found is None:
        raise ZoneUnknown(name.strip())
    return found


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
