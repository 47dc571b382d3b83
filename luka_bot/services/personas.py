"""Who can take part as an agent: luka itself, those of the settings, and those that admins made."""

import re

from luka_bot.models.agent import DEFAULT_AGENT, Agent
from luka_bot.models.audit import Event
from luka_bot.models.conversation import Policy
from luka_bot.models.conversation_errors import AgentUnknown, PersonaInvalid, PersonaStays
from luka_bot.models.ids import AgentName, UserId
from luka_bot.storage.audit import AuditLog
from luka_bot.storage.personas import PersonaStore

MOST = 50  # that admins make
PROMPT_LIMIT = 4000  # characters
LUKA = Agent(DEFAULT_AGENT, "luka")

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}", re.ASCII)  # it must fit a button's 64 bytes


class Personas:
    """configured: those of the settings; nobody can make or remove one of their names."""

    def __init__(self, configured: tuple[Agent, ...], store: PersonaStore, audit: AuditLog) -> None:
        self._configured = (LUKA, *configured)
        self._store = store
        self._audit = audit

    async def all(self) -> tuple[Agent, ...]:
        """luka first. Raises StorageAway."""
        known = {agent.name for agent in self._configured}
        made = [agent for agent in await self._store.all() if agent.name not in known]
        return (*self._configured, *made)

    async def made(self) -> tuple[Agent, ...]:
        """Those that are in no settings."""
        return (await self.all())[len(self._configured) :]

    async def add(self, agent: Agent, by: UserId, by_name: str) -> None:
        """In the place of one of that name that admins made before. Raises PersonaInvalid, and
        PersonaStays for a name of the settings."""
        if not _NAME.fullmatch(agent.name) or not 0 < len(agent.system_prompt) <= PROMPT_LIMIT:
            raise PersonaInvalid(PROMPT_LIMIT, MOST)
        self._keep_configured(agent.name)
        made = {one.name for one in await self.made()}
        if agent.name not in made and len(made) >= MOST:
            raise PersonaInvalid(PROMPT_LIMIT, MOST)
        await self._audit.note(Event.PERSONA_MADE, by, by_name, detail=agent.name)
        await self._store.put(agent)

    async def remove(self, name: AgentName, by: UserId, by_name: str) -> None:
        """Where it takes part it says nothing more. Raises AgentUnknown, and PersonaStays for one
        of the settings."""
        self._keep_configured(name)
        if not await self._store.remove(name):
            raise AgentUnknown(name)
        await self._audit.note(Event.PERSONA_REMOVED, by, by_name, detail=name)

    def _keep_configured(self, name: AgentName) -> None:
        if any(agent.name == name for agent in self._configured):
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
