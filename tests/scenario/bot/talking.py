"""What people do again and again in these scenarios."""

from luka_bot.demo.telegram import Person
from tests.luka import Luka


async def ask(luka: Luka, person: Person, text: str, answer: str = "Hello there.") -> None:
    """Write, and wait for one more message that is the whole answer with its button."""
    luka.model.reply_with(answer)
    answers = len(answers_to(luka, person))
    await person.writes(text)
    await luka.telegram.wait_for(lambda: len(answers_to(luka, person)) > answers)


def answers_to(luka: Luka, person: Person) -> list[str]:
    """Finished answers in a person's direct messages: those that can be written anew."""
    return [
        message.text
        for message in luka.telegram.shown(person.id)
        if message.is_bot and any("Regenerate" in text for text in message.buttons)
    ]


def told_to_model(luka: Luka) -> list[str]:
    """The contents of the last request to the model, system prompt first."""
    return [message["content"] for message in luka.model.requests[-1]["messages"]]


def last_card(luka: Luka, chat_id: int) -> str:
    return luka.telegram.said(chat_id)[-1]
