"""What a thread's older part was about, once it no longer fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from luka_bot.llm.protocol import ChatModel
from luka_bot.models.message import Message
from luka_bot.models.thread import Thread
from luka_bot.services.llm_service import ModelDefaults
from luka_bot.services.tokens import Calibration


@dataclass(frozen=True, slots=True)
class Summary:
    """Covers the thread's messages up to and with seq upto."""

    text: str
    upto: int


class Summaries:
    def __init__(self, model: ChatModel, defaults: ModelDefaults, calibration: Calibration) -> None:
        raise NotImplementedError

    async def fold(self, thread: Thread, dropped: Sequence[Message]) -> Summary | None:
        """None if there is nothing new to fold, or the model failed: a summary is a nicety.

        It takes the model for a while: run it when nobody waits. May fold only the first part of
        dropped when all is too much at once; upto says how far it came.
        """
        raise NotImplementedError
