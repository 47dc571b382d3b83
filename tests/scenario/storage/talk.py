"""Short words for a conversation in these tests."""

from luka_bot.models.ids import ThreadId, TurnId, UserId
from luka_bot.models.message import Message, MessageState
from luka_bot.models.turn import Answer, Question, Turn
from luka_bot.services.thread_service import ThreadService
from tests.redis_fixtures import START

ANN, BOB = UserId(922705), UserId(8_000_000_000)


def question(
    turn: str, text: str = "?", user: UserId = ANN, thread: ThreadId | None = None
) -> Question:
    return Question(TurnId(turn), user, text, START, sender_name="Ann", thread_id=thread)


def done(text: str, at: float = START) -> Answer:
    return Answer(text, MessageState.DONE, at)


def failed(text: str = "") -> Answer:
    return Answer(text, MessageState.FAILED, START)


async def said(
    threads: ThreadService,
    turn: str,
    text: str = "?",
    user: UserId = ANN,
    thread: ThreadId | None = None,
) -> Turn:
    """A whole turn; the answer is the question, louder."""
    opened = await threads.open_turn(question(turn, text, user, thread))
    assert await threads.commit_turn(opened, done(text.upper()))
    return opened


def words(messages: tuple[Message, ...]) -> list[str]:
    return [message.content for message in messages]
