"""How Telegram itself fails, now and then."""

import random
from dataclasses import dataclass

from luka_bot.demo.telegram import Fault
from luka_bot.demo.telegram.json_types import Json

SPOKEN = frozenset({"sendMessage", "editMessageText"})
HEARD = frozenset({"getUpdates"})


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely each fault is in a call of these methods."""

    methods: frozenset[str]
    faults: tuple[tuple[float, Fault], ...]


USUAL = (
    Odds(
        SPOKEN,
        (
            (0.006, Fault.flood(1)),
            (0.006, Fault.server_error()),
            (0.003, Fault.garbage()),
            (0.005, Fault.cut_before()),
            (0.005, Fault.cut_after()),
        ),
    ),
    Odds(
        HEARD,
        ((0.01, Fault.server_error()), (0.01, Fault.cut_before()), (0.02, Fault.cut_after())),
    ),
)


class Weather:
    """seen: how often it rained."""

    def __init__(self, chance: random.Random, odds: tuple[Odds, ...] = USUAL) -> None:
        self.seen = 0
        self.calm = False
        self._chance = chance
        self._odds = odds

    def __call__(self, method: str) -> Fault | None:
        for odds in self._odds:
            if method in odds.methods and not self.calm:
                return self._drawn(odds)
        return None

    def arrange(self, batch: list[Json]) -> list[Json]:
        """Updates of different chats overtake each other; those of one chat never do."""
        if self.calm or self._chance.random() < 0.5:
            return batch
        places = [_chat(raw) for raw in batch]
        waiting = {place: [raw for raw in batch if _chat(raw) == place] for place in places}
        self._chance.shuffle(places)
        return [waiting[place].pop(0) for place in places]

    def _drawn(self, odds: Odds) -> Fault | None:
        drawn = self._chance.random()
        for likely, fault in odds.faults:
            drawn -= likely
            if drawn < 0:
                self.seen += 1
                return fault
        return None


def _chat(raw: Json) -> int:
    match raw:
        case {"message": {"chat": {"id": int(number)}}}:
            return number
        case {"callback_query": {"from": {"id": int(number)}}}:
            return number
        case _:
            return 0
