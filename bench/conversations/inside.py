"""Inside luka, without sockets: the call that takes a message, and what an agent is told."""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bench.conversations.figures import Row, timed
from bench.conversations.model import MODEL
from bench.conversations.stage import TOKEN
from luka_bot.composition import open_services
from luka_bot.config import Settings
from luka_bot.conversations import ConversationHouse, open_conversations
from luka_bot.models.agent import DEFAULT_AGENT
from luka_bot.models.conversation import Conversation
from luka_bot.models.ids import UserId
from luka_bot.models.participant import Door
from luka_bot.services.conversations.agents.context import build_context
from luka_bot.services.conversations.rooms import REMEMBERED
from luka_bot.services.conversations.saying import Saying, Speaker

FIRST_ID = 500_001
LIMITS = {2: 1.0, 10: 5.0}  # ms
REFERENCE = {2: "0.39 / 0.57", 10: "0.38 / 0.51", 100: "0.34 / 1.78"}
CONTEXT_LIMIT = 5.0  # ms
HUMAN_MESSAGES = 5
WARM_UP = 20  # messages


@asynccontextmanager
async def inside(folder: Path, socket: Path) -> AsyncIterator[ConversationHouse]:
    """One more luka at this store, in this process, without doors."""
    settings = Settings.model_validate(
        {
            "bot_token": SecretStr(TOKEN),
            "ollama_model": MODEL,
            "redis_url": f"unix://{socket}",
            "data_dir": folder / "inside",
        }
    )
    async with (
        open_services(settings) as services,
        open_conversations(settings, services, None) as house,
    ):
        yield house


async def routing(house: ConversationHouse, participants: int, messages: int) -> Row:
    """From saying to stored, numbered and on its way to everybody."""
    people, talk = await _conversation(house, participants)
    took = []
    for number in range(WARM_UP + messages):
        saying = _saying(talk, people[number % participants], number)
        begun = time.perf_counter()
        await house.service.say(saying)
        took.append(time.perf_counter() - begun)
    return timed(
        "say, inside luka",
        f"{participants} participants",
        took[WARM_UP:],
        LIMITS.get(participants),
        REFERENCE.get(participants, ""),
    )


async def contexts(house: ConversationHouse, participants: int, count: int) -> Row:
    """Read from the store, not from memory: as after a start."""
    people, talk = await _conversation(house, participants)
    for number in range(REMEMBERED):
        await house.service.say(_saying(talk, people[number % participants], number))
    [asked] = (await house.storage.last_messages(talk.conversation_id, 1)).messages
    took = []
    for _ in range(count):
        begun = time.perf_counter()
        page = await house.storage.last_messages(talk.conversation_id, REMEMBERED)
        context = build_context(page.messages, asked, DEFAULT_AGENT, HUMAN_MESSAGES)
        took.append(time.perf_counter() - begun)
        assert len(context.history) == HUMAN_MESSAGES - 1
    name = f"of {REMEMBERED} messages of {participants} people"
    return timed("context", name, took, CONTEXT_LIMIT, "0.16 / 0.39")


async def _conversation(
    house: ConversationHouse, participants: int
) -> tuple[Sequence[Speaker], Conversation]:
    """Of people alone, so that nobody answers."""
    people = [Speaker(UserId(FIRST_ID + one), f"Ann{one}") for one in range(participants)]
    owner, *others = people
    talk = await house.service.create(owner, None, others, (), Door.WEB)
    return people, talk


def _saying(talk: Conversation, speaker: Speaker, number: int) -> Saying:
    name = f"{talk.epoch}.{number}"
    return Saying(talk.conversation_id, speaker, name, f"This is {number}.", Door.WEB)
