"""Two processes that share a store and a model, and a question to one of them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from pathlib import Path

from luka_bot.composition import Services, open_services
from luka_bot.demo.model import ScriptedOllama
from luka_bot.models.events import Delta, TurnEvent
from luka_bot.models.ids import TurnId, UserId
from luka_bot.models.turn import Question
from tests.luka import settings_for
from tests.redis_fixtures import START


@asynccontextmanager
async def processes(
    redis_socket: Path, model: ScriptedOllama, folder: Path, **settings: object
) -> AsyncIterator[list[Services]]:
    async with AsyncExitStack() as stack:
        url = f"unix://{redis_socket}"
        chosen = settings_for("http://127.0.0.1:9", model.url, folder, redis_url=url, **settings)
        yield [await stack.enter_async_context(open_services(chosen)) for _ in range(2)]


def question_of(person: int, text: str = "", turn: str = "") -> Question:
    return Question(TurnId(f"u{turn}{person}"), UserId(person), text or f"{person}", START)


async def answered(
    services: Services, person: int, text: str = "", turn: str = ""
) -> list[TurnEvent]:
    """Without a text they ask their own number."""
    opened = await services.turns.open(question_of(person, text, turn))
    async with (
        services.turns.in_line(UserId(person), opened) as turn_in_line,
        aclosing(services.turns.answer(turn_in_line)) as events,
    ):
        return [event async for event in events]


def text_of(events: list[TurnEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Delta))
