"""What people do again and again in these scenarios."""

from luka_bot.demo.model import Reply
from luka_bot.demo.telegram import Person, ShownMessage
from tests.luka import Luka


async def ask(
    luka: Luka, person: Person, text: str, answer: str | Reply = "Hello there."
) -> ShownMessage:
    """Write, and wait for the whole answer with its button."""
    luka.model.reply_with(answer)
    question = await person.writes(text)
    await luka.telegram.wait_for(lambda: newest(luka, person.id).message_id > question)
    await luka.telegram.wait_for(lambda: can_be_redone(newest(luka, person.id)))
    return newest(luka, person.id)


def newest(luka: Luka, chat_id: int) -> ShownMessage:
    """The bot's newest message; LookupError while there is none."""
    return [message for message in luka.telegram.shown(chat_id) if message.is_bot][-1]


def can_be_redone(message: ShownMessage) -> bool:
    return any(text in message.buttons for text in ("🔄 Regenerate", "🔄 Заново"))


def told_to_model(luka: Luka) -> list[str]:
    """The contents of the last request to the model, without the system prompt."""
    messages = luka.model.requests[-1]["messages"]
    return [message["content"] for message in messages if message["role"] != "system"]
