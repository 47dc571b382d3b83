"""What Ollama tells about its models."""

import hashlib
from collections.abc import Iterable
from typing import Any

from luka_bot.demo.model.wire import DEFAULT_CONTEXT, now

VERSION = "0.12.6"
SIZE = 4096  # bytes; there is little of this model

DETAILS = {
    "parent_model": "",
    "format": "gguf",
    "family": "scripted",
    "families": ["scripted"],
    "parameter_size": "0",
    "quantization_level": "none",
}


def tags(models: Iterable[str]) -> dict[str, Any]:
    return {"models": [{**_entry(model), "modified_at": now()} for model in models]}


def running(models: Iterable[str]) -> dict[str, Any]:
    live = {"expires_at": now(), "size_vram": 0, "context_length": DEFAULT_CONTEXT}
    return {"models": [{**_entry(model), **live} for model in models]}


def show() -> dict[str, Any]:
    return {
        "license": "MIT",
        "modelfile": "# made of rules",
        "parameters": "",
        "template": "{{ .Prompt }}",
        "details": DETAILS,
        "model_info": {
            "general.architecture": "scripted",
            "scripted.context_length": DEFAULT_CONTEXT,
        },
        "capabilities": ["completion", "thinking"],
        "modified_at": now(),
    }


def _entry(model: str) -> dict[str, Any]:
    digest = hashlib.sha256(model.encode()).hexdigest()
    return {"name": model, "model": model, "size": SIZE, "digest": digest, "details": DETAILS}
