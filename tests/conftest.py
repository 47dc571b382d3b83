"""What every test may ask for."""

from hashlib import sha1
from pathlib import Path

import pytest
import structlog

ROOT = Path(__file__).parent
LONG = {
    "test_short_conversations_bench.py",
    "test_kill_windows.py",
    "test_short_chaos.py",
    "test_redis_away_under_load.py",
    "test_alarms.py",
    "test_kills.py",
    "test_short_soak.py",
    "test_alarms_of_redis.py",
    "test_sentinel.py",
    "test_queue_watcher.py",
    "test_getting_around.py",
}

pytest_plugins = ["tests.llama_fixtures", "tests.redis_fixtures"]


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - the hook's signature
    """structlog's own traceback shows every local: it stops a loop for a tenth of a second."""
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files begin first, so that none is left when all others are through; the rest is mixed,
    so that not all browsers are open at once. A file stays together, in its order."""
    items.sort(key=lambda item: _turn(item.path))


def _turn(path: Path) -> tuple[bool, str]:
    mixed = sha1(path.relative_to(ROOT).as_posix().encode(), usedforsecurity=False)
    return path.name not in LONG, mixed.hexdigest()
