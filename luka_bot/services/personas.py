"""The agents that admins make, besides those of the settings."""

import asyncio
import re

import structlog

from luka_bot.models.agent import Agent
from luka_bot.models.audit import Event
from luka_bot.models.conversation import Policy
from luka_bot.models.conversation_errors import AgentUnknown, PersonaInvalid, PersonaStays
from luka_bot.models.errors import StorageAway
from luka_bot.models.ids import AgentName, UserId
from luka_bot.services.conversations.agents.book import AgentBook
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.personas import PersonaStore

MOST = 50  # that admins make
PROMPT_LIMIT = 4000  # characters
FOLLOW_EVERY = 5.0  # s; how much later another process learns of a new one

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}", re.ASCII)  # it must fit a button's 64 bytes

log = structlog.get_logger(__name__)


class Personas:
    """The book is kept up to date. Methods raise StorageAway."""

    def __init__(self, book: AgentBook, store: PersonaStore, audit: AuditLog) -> None:
        self._book = book
        self._store = store
        self._audit = audit

    async def all(self) -> tuple[Agent, ...]:
        """luka first, then those of the settings."""
        await self._look()
        return self._book.all

    async def add(self, agent: Agent, by: UserId, by_name: str) -> None:
        """In the place of one of that name that admins made before. Raises PersonaInvalid, and
        PersonaStays for a name of the settings."""
        self._keep_configured(agent.name)
        made = {one.name for one in await self._store.all()}
        is_one_too_many = agent.name not in made and len(made) >= MOST
        fits = _NAME.fullmatch(agent.name) and 0 < len(agent.system_prompt) <= PROMPT_LIMIT
        if is_one_too_many or not fits:
            raise PersonaInvalid(PROMPT_LIMIT, MOST)
        # before it is done: what a crash in between leaves undone is done, and noted, once more
        await self._audit.note(Event.PERSONA_MADE, by, by_name, detail=agent.name)
        await self._store.put(agent)
        await self._look()

    async def remove(self, name: AgentName, by: UserId, by_name: str) -> None:
        """Where it takes part it says nothing more. Raises AgentUnknown, and PersonaStays for one
        of the settings."""
        self._keep_configured(name)
        if not await self._store.remove(name):
            raise AgentUnknown(name)
        await self._audit.note(Event.PERSONA_REMOVED, by, by_name, detail=name)
        await self._look()

    async def follow(self) -> None:
        """What other processes make and remove; for ever."""
        while True:
            try:
                await self._look()
            except StorageAway:
                log.debug("personas.storage_away")
            await asyncio.sleep(FOLLOW_EVERY)

    async def _look(self) -> None:
        self._book.learn(await self._store.all())

    def _keep_configured(self, name: AgentName) -> None:
        if self._book.is_configured(name):
            raise PersonaStays(name)


def persona(name: str, model: str, policy: str, prompt: str) -> Agent | None:
    """As an admin writes it, "-" for what is the thread's or the conversation's; None where there
    is no such policy."""
    word = policy.lower()
    if word != "-" and word not in {one.value for one in Policy}:
        return None
    key = AgentName(name.lower())
    return Agent(
        key,
        name.capitalize(),
        "" if model == "-" else model,
        prompt.strip(),
        None if word == "-" else Policy(word),
    )
