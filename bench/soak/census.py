"""What a process holds: how many objects and tasks, and how much lies in each container of ours."""

import asyncio
import gc
import sys
from collections import Counter, deque
from collections.abc import Iterator
from types import BuiltinMethodType

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

OBJECTS, TASKS, KEPT = "soak_objects", "soak_tasks", "soak_kept_items"
WHERE = "where"
OURS = "luka_bot."
CONTAINERS = (dict, list, set, deque)


class Census(Collector):
    """Asked at each scrape, inside the event loop; takes some 50 ms."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        things = gc.get_objects()
        yield GaugeMetricFamily(OBJECTS, "Objects that the garbage collector knows.", len(things))
        yield GaugeMetricFamily(TASKS, "Tasks of asyncio.", len(asyncio.all_tasks()))
        kept = GaugeMetricFamily(KEPT, "Items in a container of ours.", labels=[WHERE])
        for where, items in (_by_attribute(things) + _by_module()).items():
            kept.add_metric([where], items)
        yield kept


def _by_attribute(things: list[object]) -> Counter[str]:
    """Of all instances of a class together."""
    found: Counter[str] = Counter()
    for thing in things:
        kind = type(thing)
        if str(kind.__module__).startswith(OURS):  # some have a descriptor there
            for name, value in _attributes(thing):
                if isinstance(value, CONTAINERS):
                    found[f"{kind.__name__}.{name}"] += len(value)
    return found


def _by_module() -> Counter[str]:
    """Tables and caches that belong to nobody."""
    found: Counter[str] = Counter()
    ours = [module for name, module in list(sys.modules.items()) if name.startswith(OURS)]
    for module in ours:
        for name, value in vars(module).items():
            if name.startswith("__") or isinstance(value, type):
                continue
            where = f"{module.__name__.removeprefix(OURS)}.{name}"
            if isinstance(value, CONTAINERS):
                found[where] += len(value)
            elif isinstance(getattr(value, "cache_info", None), BuiltinMethodType):
                found[where] += value.cache_info().currsize
    return found


def _attributes(thing: object) -> Iterator[tuple[str, object]]:
    yield from getattr(thing, "__dict__", {}).items()
    for kind in type(thing).__mro__:
        for name in getattr(kind, "__slots__", ()):
            if hasattr(thing, name):
                yield name, getattr(thing, name)
