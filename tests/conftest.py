"""What every test may ask for."""

import pytest
import structlog

pytest_plugins = ["tests.llama_fixtures", "tests.redis_fixtures"]


def pytest_configure(config: pytest.Config) -> None:  # noqa: ARG001 - the hook's signature
    """structlog's own traceback shows every local: it stops a loop for a tenth of a second."""
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
