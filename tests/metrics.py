"""What the metrics say, and how much they grew since a test began."""

from prometheus_client.parser import text_string_to_metric_families

from luka_bot.metrics import REGISTRY

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def sample(name: str, /, **labels: str) -> float:
    """0 while nothing was counted under these labels."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


class Growth:
    """All tests of a process count in the same registry, so each looks at what is new."""

    def __init__(self) -> None:
        self._before = _all_samples()

    def of(self, name: str, /, **labels: str) -> float:
        before = self._before.get((name, frozenset(labels.items())), 0.0)
        return sample(name, **labels) - before


def scraped(page: str) -> Samples:
    """Prometheus's own reading of what a scrape gave."""
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(page)
        for one in family.samples
    }


def _all_samples() -> Samples:
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in REGISTRY.collect()
        for one in family.samples
    }
