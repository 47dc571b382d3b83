"""What a pool knows of one of its servers."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Protocol

import structlog

from luka_bot.llm.ollama_wire import full_name
from luka_bot.llm.protocol import ChatModel, ChatRequest, ModelShelf, PullProgress
from luka_bot.models.errors import (
    ModelAway,
    ModelError,
    ModelMissing,
    ModelOutOfMemory,
    ModelStalled,
)
from luka_bot.models.events import ModelEvent

UNFIT_FOR = 60.0  # s; then somebody may have pulled the model or freed the memory
STALLED_FOR = 300.0  # s; finding out whether it still hangs costs somebody a long wait
COLD = 1  # running answers; loading a model takes longer than sharing a server with one more

log = structlog.get_logger(__name__)


class Server(ChatModel, ModelShelf, Protocol):
    @property
    def shown(self) -> str:
        """Its address, without secrets."""
        ...

    async def loaded(self) -> frozenset[str]:
        """Full names of the models in its memory. Raises a ModelError."""
        ...


class PooledServer:
    """alive is a good guess: whoever meets the contrary says so."""

    def __init__(self, model: Server, clock: Callable[[], float]) -> None:
        self.model = model
        self.alive = True
        self._clock = clock
        self._running = 0
        self._loaded: frozenset[str] = frozenset()
        self._unfit_until: dict[str, float] = {}

    def load(self, model: str) -> tuple[bool, bool, int, bool]:
        """The least is the best to ask."""
        cold = full_name(model) not in self._loaded
        unfit = self._unfit_until.get(model, 0.0) > self._clock()
        return not self.alive, unfit, self._running + COLD * cold, cold

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        self._running += 1
        try:
            async with aclosing(self.model.stream(request)) as events:
                async for event in events:
                    self._answered(full_name(request.model))
                    yield event
        except ModelAway:
            self._found(alive=False)
            raise
        except (ModelMissing, ModelOutOfMemory):
            self._unfit_until[request.model] = self._clock() + UNFIT_FOR
            raise
        except ModelStalled:  # it may say for ever that it is well
            self._unfit_until[request.model] = self._clock() + STALLED_FOR
            raise
        finally:
            self._running -= 1

    async def pull(self, name: str) -> AsyncGenerator[PullProgress, None]:
        async with aclosing(self.model.pull(name)) as lines:
            async for line in lines:
                yield line
        self._unfit_until.pop(name, None)

    async def look(self) -> None:
        """Ask it what it has loaded; that tells whether it is there, too."""
        try:
            loaded = await self.model.loaded()
        except ModelAway:
            self._found(alive=False)
        except ModelError:  # it is there, but doesn't tell
            self._found(alive=True)
        else:
            self._loaded = loaded
            self._found(alive=True)

    def passed_over(self, error: ModelError) -> None:
        """Nobody else tells of it if another server answers."""
        log.warning("model_server.passed_over", url=self.model.shown, error=type(error).__name__)

    def _answered(self, model: str) -> None:
        if model not in self._loaded:
            self._found(alive=True)
            self._loaded |= {model}

    def _found(self, *, alive: bool) -> None:
        if alive == self.alive:
            return
        self.alive = alive
        if alive:
            log.info("model_server.back", url=self.model.shown)
        else:
            self._loaded = frozenset()
            log.warning("model_server.away", url=self.model.shown)
