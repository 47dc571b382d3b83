"""Who the agents are, and what people call them."""

import re
from collections.abc import Sequence

from luka_bot.models.agent import DEFAULT_AGENT, Agent
from luka_bot.models.conversation_errors import AgentUnknown
from luka_bot.models.ids import AgentName
from luka_bot.models.participant import ParticipantInfo, ParticipantType, agent

LUKA = Agent(DEFAULT_AGENT, DEFAULT_AGENT)


class AgentBook:
    """bot_username: by which Telegram's people mention luka; set as soon as it is known."""

    def __init__(self, agents: Sequence[Agent] = ()) -> None:
        self._configured = {one.name: one for one in (LUKA, *agents)}
        self._agents = dict(self._configured)
        self.bot_username = ""

    @property
    def all(self) -> tuple[Agent, ...]:
        """luka first, then as they are configured, then those that admins made."""
        return tuple(self._agents.values())

    def learn(self, made: Sequence[Agent]) -> None:
        """All that admins made. One with a configured name isn't heard of."""
        ours = self._configured
        self._agents = ours | {one.name: one for one in made if one.name not in ours}

    def is_configured(self, name: AgentName) -> bool:
        return name in self._configured

    def get(self, name: AgentName) -> Agent:
        """Raises AgentUnknown."""
        if name not in self._agents:
            raise AgentUnknown(name)
        return self._agents[name]

    def find(self, name: AgentName) -> Agent | None:
        """None for one that was configured once, and is no longer."""
        return self._agents.get(name)

    def participant(self, name: AgentName, now: float) -> ParticipantInfo:
        """Raises AgentUnknown."""
        one = self.get(name)
        return ParticipantInfo(agent(one.name), one.title, ParticipantType.AGENT, now)

    def is_called(self, one: Agent, text: str) -> bool:
        """By a mention, or by its name or title as a word."""
        names = {one.name, one.title}
        if one.name == DEFAULT_AGENT and self.bot_username:
            names.add(self.bot_username)
        return any(_has_word(text, name) for name in names)


def _has_word(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
