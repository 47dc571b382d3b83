"""An agent in one conversation: what it was asked, and what it is saying."""

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress

import structlog

from luka_bot.background import Background
from luka_bot.models.agent import Agent
from luka_bot.models.conversation import Conversation, Work
from luka_bot.models.ids import ChatId, ParticipantId
from luka_bot.patience import insist
from luka_bot.services.conversations.agents.answering import Answering, Task
from luka_bot.services.conversations.agents.hearing import Hearing, Verdict
from luka_bot.services.conversations.agents.windows import InputWindow
from luka_bot.services.conversations.place import Place, telegram_chats
from luka_bot.services.conversations.stage import Stage

log = structlog.get_logger(__name__)


class AgentSeat:
    """wanted: what somebody asks to be answered whatever the agent would decide. places: where its
    answers are shown. Both as they are at the moment."""

    def __init__(
        self,
        stage: Stage,
        background: Background,
        agent: Agent,
        wanted: set[Work],
        places: Mapping[ChatId, Place],
    ) -> None:
        self._stage = stage
        self._background = background
        self._agent = agent
        self._conversation: Conversation
        self._wanted = wanted
        self._places = places
        self._hearing = Hearing(stage, agent)
        self._heard: set[Work] = set()  # all outstanding ones that were brought to it
        self._asked: dict[Work, Verdict] = {}  # to be answered next
        self._batch: dict[Work, Verdict] = {}  # what is answered now
        self._window: InputWindow | None = None
        self._answering: Answering | None = None
        self._running: asyncio.Task[None] | None = None
        self._spoken = False
        self._news = asyncio.Event()

    @property
    def is_idle(self) -> bool:
        return not self._heard

    def owes(self, works: Collection[Work], conversation: Conversation) -> None:
        """All that is outstanding for this agent by now; what is off the list isn't wanted."""
        self._conversation = conversation
        outstanding = set(works)
        self._drop(self._heard - outstanding)
        again = (outstanding & self._wanted) - self._batch.keys() - self._asked.keys()
        for work in sorted((outstanding - self._heard) | again, key=lambda one: one.sequence_id):
            self._heard.add(work)
            self._wanted.discard(work)
            self._background.spawn("hear a message", self._hear(work, wanted=work in again))

    def stop(self) -> list[Work]:
        """What it is saying ends here; what it was about to say isn't said. Works that are off."""
        waiting = [one for one in self._heard if one not in self._batch or self._running is None]
        if self._answering is not None and self._running is not None:
            self._answering.stop()
        return waiting

    def show(self, who: ParticipantId) -> None:
        """What it is saying, to somebody who comes."""
        if self._answering is not None:
            self._answering.show(who)

    async def run(self) -> None:
        while True:
            self._news.clear()
            await self._step()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._news.wait()

    async def _hear(self, work: Work, *, wanted: bool) -> None:
        verdict = await self._hearing.of(self._conversation, work.sequence_id, wanted=wanted)
        if verdict is None or not verdict.answers:
            await self._finish([work])
        elif work in self._heard:
            self._asked[work] = verdict
            self._news.set()

    async def _step(self) -> None:
        now = self._stage.clock()
        ended = self._running is not None and self._running.done()
        if ended:
            await self._settle()
        if self._asked:
            self._take(now, waited=ended)
        if self._batch and self._running is None and self._window and self._window.starts(now):
            self._begin()
        ripe = self._window is not None and not self._window.takes(now)
        if self._answering is not None and ripe and not self._spoken:
            self._spoken = True
            self._answering.speak()

    def _take(self, now: float, *, waited: bool) -> None:
        """What was asked opens a window, or belongs to the one that is open; else it waits, and is
        answered all together as soon as the answer before it has ended."""
        addressed = waited or any(one.addressed for one in self._asked.values())
        if not self._batch:
            mode = self._conversation.input_mode
            seconds = self._stage.rules.windows[mode]
            self._window = InputWindow.opened(mode, now, addressed=addressed, seconds=seconds)
        elif self._window is None or not self._window.takes(now):
            return
        else:
            self._window = self._window.with_more(now, addressed=addressed)
            self._give_up()
        self._batch |= self._asked
        self._asked = {}

    def _begin(self) -> None:
        *others, work = sorted(self._batch, key=lambda one: one.sequence_id)
        asked = self._batch[work].message
        task = Task(self._conversation, self._agent, asked, work, tuple(others))
        chats = telegram_chats(self._conversation)
        places = {chat: self._places[chat] for chat in chats if chat in self._places}
        self._answering = Answering(self._stage, self._background, task, places)
        self._spoken = False
        self._running = self._background.spawn("answer as an agent", self._answering.run())
        self._running.add_done_callback(lambda _: self._news.set())

    def _give_up(self) -> None:
        if self._answering is not None:
            self._answering.give_up()
        self._answering = self._running = None

    def _drop(self, gone: set[Work]) -> None:
        self._heard -= gone
        for work in gone:
            self._asked.pop(work, None)
            self._batch.pop(work, None)
        if gone and not self._batch:
            self._give_up()
            self._window = None
        self._news.set()

    async def _settle(self) -> None:
        batch, self._batch = list(self._batch), {}
        self._wanted.difference_update(batch)
        self._answering = self._running = self._window = None
        await self._finish(batch)

    async def _finish(self, works: list[Work]) -> None:
        """Stays in what was heard until the list says that it is off."""
        conversation_id = self._conversation.conversation_id
        await insist(lambda: self._stage.storage.finish(conversation_id, works))

    def _patience(self) -> float | None:
        return None if self._window is None else self._window.patience(self._stage.clock())
