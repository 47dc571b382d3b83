"""An agent: a persona that takes part in conversations."""

from dataclasses import dataclass

from luka_bot.models.conversation import Policy
from luka_bot.models.ids import AgentName

DEFAULT_AGENT = AgentName("luka")
"""luka itself, with its thread's model and prompt."""


@dataclass(frozen=True, slots=True)
class Agent:
    """title: as people see it. model, system_prompt: empty for those of the thread. policy None:
    the conversation's. Names that people call it by are its name and its title."""

    name: AgentName
    title: str
    model: str = ""
    system_prompt: str = ""
    policy: Policy | None = None
