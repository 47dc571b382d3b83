"""Many people at once, as fast as the plan wants them."""

import asyncio
from collections.abc import Awaitable, Callable

from chaos.person import Talker
from chaos.stage import Stage
from luka_bot.background import Background

MOST_A_SECOND = 6.0  # messages; luka may make 28 calls a second, and an answer takes three or four
LOOK = 0.05  # s

Deed = Callable[[], Awaitable[object]]

HABITS = (
    (0.70, "ask"),
    (0.12, "ask twice"),
    (0.05, "new thread"),
    (0.06, "switch"),
    (0.03, "stop"),
    (0.04, "fidget"),
)


class Crowd:
    """due: how many messages should have been written by now."""

    def __init__(self, stage: Stage) -> None:
        self.due = 0.0
        self._plan = stage.plan
        self._ledger = stage.ledger
        self._chance = stage.plan.chance("crowd")
        self._talkers = [
            Talker(stage.telegram, person, stage.ledger, stage.plan.chance(person.name))
            for person in stage.people.values()
        ]

    @property
    def written(self) -> int:
        return len(self._ledger.questions)

    async def talk(self, background: Background) -> None:
        """Until all questions are asked; never more than are due."""
        while self.written < self._plan.messages:
            free = [one for one in self._talkers if not one.busy]
            if self.written < self.due and free:
                self._act(self._chance.choice(free), background)
            await asyncio.sleep(1 / MOST_A_SECOND if free else LOOK)

    def _act(self, talker: Talker, background: Background) -> None:
        drawn = self._chance.random()
        for likely, habit in HABITS:
            drawn -= likely
            if drawn < 0:
                background.spawn(habit, self._busy(talker, self._deed(talker, habit)))
                return

    def _deed(self, talker: Talker, habit: str) -> Deed:
        async def twice() -> None:
            await talker.ask()
            await talker.ask()

        async def anew() -> None:
            await talker.begin_thread()
            await talker.ask()

        deeds: dict[str, Deed] = {
            "ask": talker.ask,
            "ask twice": twice,
            "new thread": anew,
            "switch": talker.switch,
            "stop": talker.stop_an_answer,
            "fidget": talker.fidget,
        }
        return deeds[habit]

    async def _busy(self, talker: Talker, deed: Deed) -> None:
        talker.busy = True
        try:
            await deed()
        except asyncio.CancelledError:  # the end came before what they wait for
            self._ledger.unanswered_taps.append(f"{talker.person.name} still waits")
            raise
        finally:
            talker.busy = False
