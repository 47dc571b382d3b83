"""What luka asks of any model's server."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from luka_bot.models.events import ModelEvent
from luka_bot.models.message import Role


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """images are base64, as Ollama takes them."""

    role: Role
    content: str
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """num_ctx: tokens that prompt and answer share."""

    model: str
    messages: tuple[ChatMessage, ...]
    num_ctx: int


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """size in bytes on disk."""

    name: str
    size: int


class ChatModel(Protocol):
    """A model's server. Errors are the ModelError family, whatever the wire said."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Deltas and thinking as they come, then one Finished; the taker closes it.

        Raises a ModelError before the first event or between two of them.
        """
        ...

    async def installed(self) -> tuple[InstalledModel, ...]:
        """The models that the server could run now. Raises a ModelError."""
        ...
