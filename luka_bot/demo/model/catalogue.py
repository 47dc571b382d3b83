"""What Ollama tells about its models, and what they are made of."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from luka_bot.demo.model.wire import DEFAULT_CONTEXT, now

VERSION = "0.12.6"
PARAMETERS = re.compile(r"(\d+(?:\.\d+)?)b\b")  # as in qwen3:0.6b
USUAL = 3.2  # billions of parameters where the name doesn't say
PER_PARAMETER = 0.63  # bytes, with four bits each and what stands around them
SMALL = (7_711, 1_429, 561)  # bytes of a licence, a template and a configuration
IN_MEMORY = 1.25  # as much as on disk, and the context
KEPT = 300.0  # s in memory after the last question


@dataclass(frozen=True, slots=True)
class Layer:
    """size in bytes."""

    digest: str
    size: int


def layers(model: str) -> tuple[Layer, ...]:
    """The weights first, as they are downloaded."""
    weights = int(_parameters(model) * PER_PARAMETER * 1e9)
    return tuple(
        Layer(f"sha256:{_hash(f'{model}/{number}')}", size)
        for number, size in enumerate((weights, *SMALL))
    )


def size(model: str) -> int:
    return sum(layer.size for layer in layers(model))


def tags(models: Iterable[str]) -> dict[str, Any]:
    return {"models": [{**_entry(model), "modified_at": now()} for model in models]}


def running(models: Iterable[str]) -> dict[str, Any]:
    return {"models": [_running(model) for model in models]}


def show() -> dict[str, Any]:
    return {
        "license": "MIT",
        "modelfile": "# made of rules",
        "parameters": "",
        "template": "{{ .Prompt }}",
        "details": _details(USUAL),
        "model_info": {
            "general.architecture": "scripted",
            "scripted.context_length": DEFAULT_CONTEXT,
        },
        "capabilities": ["completion", "tools", "thinking"],
        "modified_at": now(),
    }


def _entry(model: str) -> dict[str, Any]:
    known = {"size": size(model), "digest": _hash(model)}
    return {"name": model, "model": model, **known, "details": _details(_parameters(model))}


def _running(model: str) -> dict[str, Any]:
    memory = int(size(model) * IN_MEMORY)
    live = {"expires_at": now(KEPT), "context_length": DEFAULT_CONTEXT}
    return {**_entry(model), **live, "size": memory, "size_vram": memory}


def _details(billions: float) -> dict[str, Any]:
    return {
        "parent_model": "",
        "format": "gguf",
        "family": "scripted",
        "families": ["scripted"],
        "parameter_size": f"{billions:g}B",
        "quantization_level": "Q4_K_M",
    }


def _parameters(model: str) -> float:
    found = PARAMETERS.search(model.lower())
    return float(found[1]) if found else USUAL


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
