"""The model as the watchdog sees it: whether its answers come, and how many are being written."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from luka_bot.llm.protocol import ChatModel, ChatRequest, InstalledModel
from luka_bot.models.errors import ContextTooLong, ModelError
from luka_bot.models.events import ModelEvent
from luka_bot.watch.vitals import Vitals


class WatchedModel:
    """A ChatModel that leaves signs of life."""

    def __init__(self, model: ChatModel, vitals: Vitals) -> None:
        self._model = model
        self._vitals = vitals

    async def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        self._vitals.writing += 1
        try:
            async with aclosing(self._model.stream(request)) as events:
                async for event in events:
                    self._vitals.model_answered()
                    yield event
        except ContextTooLong:  # the question's fault
            raise
        except ModelError as error:
            self._vitals.model_failed(type(error).__name__)
            raise
        finally:
            self._vitals.writing -= 1

    async def installed(self) -> tuple[InstalledModel, ...]:
        return await self._model.installed()
