"""What went wrong at the model's server, told apart by status and words.

The words are Ollama's and those of the llama.cpp runner inside it, in any version we know of.
"""

from luka_bot.llm.protocol import ChatRequest
from luka_bot.models.errors import (
    ContextTooLong,
    ModelError,
    ModelFailed,
    ModelMissing,
    ModelOutOfMemory,
)

CONTEXT = (
    "context length",  # the input length exceeds the context length; exceeded max context length
    "context size",  # request (n tokens) exceeds the available context size
    "context window",
)
MEMORY = (
    "system memory",  # model requires more system memory (n GiB) than is available
    "out of memory",  # CUDA error: out of memory
    "cudamalloc failed",
    "unable to allocate",
    "failed to allocate",
    "insufficient memory",
    "not enough memory",
)


def sort_error(status: int, detail: str, request: ChatRequest) -> ModelError:
    """status is 200 for an error that came inside the stream."""
    words = detail.lower()
    if "exceed" in words and any(phrase in words for phrase in CONTEXT):
        return ContextTooLong(request.num_ctx)
    if any(phrase in words for phrase in MEMORY):
        return ModelOutOfMemory(request.model, detail)
    if status in {200, 404} and "model" in words and "not found" in words:
        return ModelMissing(request.model)
    return ModelFailed(status, detail)
