"""A running bot, and Anna who talks to it."""

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from luka_bot.demo.telegram import Person
from luka_bot.logs import QUIET, configure_logs
from tests.luka import Luka, running_luka


@pytest.fixture
async def luka(tmp_path: Path) -> AsyncIterator[Luka]:
    async with running_luka(tmp_path) as running:
        yield running


@pytest.fixture
def anna(luka: Luka) -> Person:
    return luka.telegram.person(7, "Anna")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """The log as an operator has it."""
    loggers = [logging.getLogger(name) for name in (None, *QUIET)]
    levels, handlers = [one.level for one in loggers], list(loggers[0].handlers)
    before = structlog.get_config()
    stream = io.StringIO()
    configure_logs("info", stream)
    yield stream
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)
    loggers[0].handlers[:] = handlers
    structlog.configure(**before)
