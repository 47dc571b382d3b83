"""How far a download is over all of its layers."""

from luka_bot.llm.protocol import PullProgress


class PullTotals:
    """Bytes over the layers seen so far. Neither number ever falls, whatever order lines come in;
    total grows with each layer that is seen first."""

    def __init__(self) -> None:
        self._layers: dict[str, tuple[int, int]] = {}

    def add(self, progress: PullProgress) -> None:
        if not progress.digest:
            return
        completed, total = self._layers.get(progress.digest, (0, 0))
        self._layers[progress.digest] = (
            max(completed, progress.completed),
            max(total, progress.total, progress.completed),
        )

    @property
    def completed(self) -> int:
        return sum(completed for completed, _ in self._layers.values())

    @property
    def total(self) -> int:
        return sum(total for _, total in self._layers.values())
