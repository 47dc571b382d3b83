"""What luka asks of any model's server."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from luka_bot.models.events import ModelEvent, ToolCall
from luka_bot.models.message import Role


@dataclass(frozen=True, slots=True)
class Tool:
    """What a model may ask for in the middle of its answer. parameters: a JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """images are base64, as Ollama takes them.

    tool_calls: what an assistant's message asked for. answers: of a tool's message, the call that
    its content is the result of.
    """

    role: Role
    content: str
    images: tuple[str, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    answers: ToolCall | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """num_ctx: tokens that prompt and answer share."""

    model: str
    messages: tuple[ChatMessage, ...]
    num_ctx: int
    tools: tuple[Tool, ...] = ()


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """size in bytes on disk."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory: its bytes, those of them on a graphics card, and when it goes again (None
    where the server doesn't say)."""

    name: str
    size: int
    size_vram: int
    expires_at: datetime | None


PULLED = "success"  # the status of a download's last line


@dataclass(frozen=True, slots=True)
class PullProgress:
    """One line of a download. digest names the layer that it is about, "" for none; bytes of it."""

    status: str
    digest: str = ""
    completed: int = 0
    total: int = 0


class ChatModel(Protocol):
    """A model's server. Errors are the ModelError family, whatever the wire said."""

    def stream(self, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Deltas and thinking as they come, then one Finished; the taker closes it.

        Raises a ModelError before the first event or between two of them. Only where tools were
        offered there may be a ToolCall, or ToolsUnknown is raised.
        """
        ...

    async def installed(self) -> tuple[InstalledModel, ...]:
        """The models that the server could run now. Raises a ModelError."""
        ...


class ModelShelf(Protocol):
    """What models a server has on its disk and in its memory. All of it raises a ModelError."""

    async def installed(self) -> tuple[InstalledModel, ...]: ...

    async def loaded_models(self) -> tuple[LoadedModel, ...]: ...

    def pull(self, name: str) -> AsyncGenerator[PullProgress, None]:
        """Download a model; the last line's status is PULLED. The taker closes it.

        Closed early, the download stops, and the next one of the same name goes on there. Raises
        ModelMissing if nobody has such a model.
        """
        ...

    async def delete(self, name: str) -> None:
        """Raises ModelMissing if it isn't there."""
        ...
