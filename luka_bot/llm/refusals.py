"""What went wrong at the model's server, told apart by status and words.

The words are those of Ollama, llama.cpp, vLLM, SGLang, LiteLLM and OpenAI, in any version we know.
"""

from luka_bot.llm.fields import Complaint
from luka_bot.llm.protocol import ChatRequest
from luka_bot.models.errors import (
    ContextTooLong,
    ModelBusy,
    ModelError,
    ModelFailed,
    ModelKeyRefused,
    ModelMissing,
    ModelOutOfMemory,
)
from luka_bot.models.tool_errors import ToolsUnknown

CONTEXT = (
    "context length",  # the input length exceeds the context length; maximum context length is n
    "context size",  # request (n tokens) exceeds the available context size
    "context window",
    "model length",  # the prompt (length n) is longer than the maximum model length of n
)
TOO_MUCH = ("exceed", "maximum", "longer than")
CONTEXT_KINDS = ("context_length_exceeded", "exceed_context_size", "contextwindowexceeded")
MEMORY = (
    "system memory",  # model requires more system memory (n GiB) than is available
    "out of memory",  # CUDA error: out of memory
    "cudamalloc failed",
    "unable to allocate",
    "failed to allocate",
    "insufficient memory",
    "not enough memory",
)
MISSING = ("not found", "does not exist", "invalid model name")
TOOLS = (
    "support tools",  # model does not support tools
    "tool-call-parser",  # "auto" tool choice requires --enable-auto-tool-choice and ...
    "tools param requires",  # tools param requires --jinja flag
    "parameters: ['tool",  # model doesn't support parameters: ['tools']
)
BUSY_KINDS = ("rate_limit", "overloaded", "unavailable_error")


def sort(status: int, said: Complaint, request: ChatRequest) -> ModelError:
    """status is 200 for an error that came inside the stream."""
    words = said.detail.lower()
    status = said.status if status == 200 and said.status else status
    if _is_context(words, said.kind):
        return ContextTooLong(request.num_ctx)
    if request.tools and any(phrase in words for phrase in TOOLS):
        return ToolsUnknown(status, said.detail)
    if any(phrase in words for phrase in MEMORY):
        return ModelOutOfMemory(request.model, said.detail)
    if _is_missing(status, words, said.kind):
        return ModelMissing(request.model)
    return sort_any(status, said)


def sort_named(status: int, said: Complaint, model: str) -> ModelError:
    """Refusals of what is asked about a model on the server's disk; 500 is how a download without
    streaming says that nobody has it."""
    words = said.detail.lower()
    if _is_missing(200 if status == 500 else status, words, said.kind):
        return ModelMissing(model)
    return sort_any(status, said)


def sort_any(status: int, said: Complaint) -> ModelError:
    """The refusals that don't depend on what was asked."""
    if status in {401, 403}:
        return ModelKeyRefused(status)
    if status in {429, 503} or any(kind in said.kind for kind in BUSY_KINDS):
        return ModelBusy(said.detail)
    return ModelFailed(status, said.detail)


def _is_context(words: str, kind: str) -> bool:
    if any(name in kind for name in CONTEXT_KINDS):
        return True
    too_much = any(phrase in words for phrase in TOO_MUCH)
    return too_much and any(phrase in words for phrase in CONTEXT)


def _is_missing(status: int, words: str, kind: str) -> bool:
    if "model_not_found" in kind:
        return True
    named = "model" in words and any(phrase in words for phrase in MISSING)
    return named and status in {200, 400, 404}
