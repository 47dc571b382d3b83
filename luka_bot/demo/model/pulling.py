"""How the scripted model is downloaded: line by line, and onward from where it was cut off."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from typing import Any

from luka_bot.demo.model.catalogue import Layer, layers
from luka_bot.demo.model.reply import CutHere, ErrorHere

NOWHERE = "pull model manifest: file does not exist"


@dataclass(frozen=True, slots=True)
class Pulling:
    """A download's manners. steps: lines in which the weights arrive when they begin at nothing;
    delay: seconds after each.

    From line number hold_after of the weights on, it waits for the server's gate; cut_after drops
    the connection there, error_after sends `error`, hang_after falls silent for ever.
    """

    steps: int = 5
    delay: float = 0.0
    hold_after: int = 0
    cut_after: int | None = None
    error_after: int | None = None
    hang_after: int | None = None
    error: str = "max retries exceeded: unexpected EOF"


class Downloads:
    """arrived: bytes of the weights that a download has brought so far, by model."""

    def __init__(self, models: Iterable[str], gate: asyncio.Event) -> None:
        """models are there already."""
        self.arrived = {model: layers(model)[0].size for model in models}
        self._gate = gate

    async def lines(self, model: str, manners: Pulling) -> AsyncGenerator[dict[str, Any], None]:
        """Raises CutHere and ErrorHere where the manners want it, or nobody has such a model."""
        yield {"status": "pulling manifest"}
        if "missing" in model:
            raise ErrorHere(NOWHERE)
        weights, *small = layers(model)
        async for arrived in self._weights(model, weights.size, manners):
            yield _layer_line(weights, arrived)
        for layer in small:
            yield _layer_line(layer, layer.size)
        yield {"status": "verifying sha256 digest"}
        yield {"status": "writing manifest"}
        yield {"status": "success"}

    async def _weights(self, model: str, size: int, manners: Pulling) -> AsyncGenerator[int, None]:
        """Bytes that are there after each step; the first is what was there before."""
        step = -(-size // manners.steps)
        number = 0
        while True:
            await self._manners(number, manners)
            arrived = self.arrived.setdefault(model, 0)
            yield arrived
            if arrived >= size:
                return
            await asyncio.sleep(manners.delay)
            self.arrived[model] = min(size, arrived + step)
            number += 1

    async def _manners(self, number: int, manners: Pulling) -> None:
        if number >= manners.hold_after:
            await self._gate.wait()
        if manners.cut_after == number:
            raise CutHere
        if manners.error_after == number:
            raise ErrorHere(manners.error)
        if manners.hang_after == number:
            await asyncio.Event().wait()


def _layer_line(layer: Layer, arrived: int) -> dict[str, Any]:
    """Ollama leaves a zero out."""
    name = layer.digest.removeprefix("sha256:")[:12]
    line = {"status": f"pulling {name}", "digest": layer.digest, "total": layer.size}
    return {**line, "completed": arrived} if arrived else line
