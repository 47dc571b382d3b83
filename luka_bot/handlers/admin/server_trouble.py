"""What goes wrong at the model's server while admins look after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from luka_bot.handlers.asker import Asker
from luka_bot.handlers.screen import Screen
from luka_bot.models.errors import ModelAway, ModelError


@asynccontextmanager
async def tells_trouble(asker: Asker, screen: Screen) -> AsyncIterator[None]:
    """Swallows a ModelError after telling it."""
    try:
        yield
    except ModelAway:
        await screen.show(asker, asker.words.html("models.away"))
    except ModelError as error:
        detail = getattr(error, "detail", "") or type(error).__name__
        await screen.show(asker, asker.words.html("models.trouble", detail=detail))
