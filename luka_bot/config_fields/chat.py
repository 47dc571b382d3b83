"""Conversations of several people and agents: their limits, and who the agents are."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from luka_bot.config_types import lower, without_placeholder
from luka_bot.models.agent import DEFAULT_AGENT, Agent
from luka_bot.models.conversation import CONTENT_LIMIT, DM_LIMIT, Policy
from luka_bot.models.ids import AgentName

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,15}", re.ASCII)  # it must fit a button's 64 bytes


class Group(BaseModel):
    """Settings that belong together, a level down."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatStorageSettings(Group):
    backend: Annotated[Literal["redis", "memory"], BeforeValidator(lower)] = Field(
        default="redis",
        description="Where conversations are kept: `redis`, or `memory` of one process, which is "
        "for development and forgets them when it ends.",
    )


class ChatContext(Group):
    human_messages: int = Field(
        default=5,
        ge=1,
        le=100,
        description="What people said last, so many messages of all of them, is what an agent is "
        "told of a conversation, besides its last answer.",
    )
    nlweb_timeout: float = Field(
        default=20.0,
        gt=0,
        description="Seconds that an agent of a conversation may take until its first word.",
    )
    ws_max_retries: int = Field(
        default=10,
        ge=0,
        description="How often a page tries to connect again before it asks to be refreshed.",
    )


class ChatLimitSettings(Group):
    max_participants: int = Field(
        default=100, ge=2, description="People and agents in a conversation."
    )
    dm_participants: int = Field(
        default=DM_LIMIT,
        ge=1,
        description="Of them, people who take part by direct messages with the bot: what is said "
        "is sent to each of them, and Telegram takes about 30 messages a second.",
    )
    queue_size: int = Field(
        default=1000,
        ge=1,
        description="What a conversation may owe at once: agents' answers, and messages on their "
        "way to Telegram. Beyond it agents give way first, then people are asked to wait.",
    )
    messages_per_10s: int = Field(
        default=20, ge=1, description="Messages that one person may send by sockets in 10 seconds."
    )
    sockets_per_human: int = Field(
        default=5, ge=1, description="Sockets that one person may have in a conversation."
    )
    max_message_size: int = Field(
        default=CONTENT_LIMIT,
        ge=1,
        le=CONTENT_LIMIT,
        description="Characters of a message in a conversation.",
    )


class ChatCache(Group):
    max_conversations: int = Field(
        default=1000, ge=1, description="Conversations of which a process remembers the end."
    )
    ttl_seconds: float = Field(
        default=3600.0, gt=0, description="How long it does, of one where nothing is said."
    )


class Chat(Group):
    storage: ChatStorageSettings = ChatStorageSettings()
    context: ChatContext = ChatContext()
    limits: ChatLimitSettings = ChatLimitSettings()
    cache: ChatCache = ChatCache()
    heartbeat_interval: float = Field(
        default=30.0,
        ge=30,
        le=60,
        description="Seconds between two pings of a socket.",
    )
    dead_after: float = Field(
        default=600.0,
        ge=60,
        description="Seconds without a word or a pong after which a socket is closed.",
    )
    require_wss: bool = Field(
        default=False,
        description="Take sockets only through a proxy that speaks TLS. Set it wherever people "
        "reach luka from other machines.",
    )


class Web(Group):
    session_ttl: float = Field(
        default=86400.0,
        ge=300,
        le=30 * 86400,
        description="Seconds that somebody stays signed in to the page of conversations.",
    )


def _agent_name(name: str) -> str:
    if not _NAME.fullmatch(name) or name == DEFAULT_AGENT:
        raise PydanticCustomError(
            "agent",
            f"must be 1 to 16 of a-z 0-9 _ -, and another name than {DEFAULT_AGENT}",
        )
    return name


class AgentSettings(Group):
    name: Annotated[str, BeforeValidator(lower), AfterValidator(_agent_name)] = Field(
        description="What `/agents` and mentions call it."
    )
    title: Annotated[str, BeforeValidator(without_placeholder)] = Field(
        default="", max_length=32, description="Its name as people see it. Empty: its name."
    )
    model: str = Field(default="", description="Empty: the model of the thread.")
    system_prompt: Annotated[str, BeforeValidator(without_placeholder)] = Field(
        default="", description="Who it is. Empty: the prompt of the thread."
    )
    policy: Annotated[Policy | None, BeforeValidator(lower)] = Field(
        default=None, description="When it speaks. Not set: as the conversation has it."
    )

    @property
    def agent(self) -> Agent:
        title = self.title or self.name.capitalize()
        name = AgentName(self.name)
        return Agent(name, title, self.model, self.system_prompt, self.policy)


class Conversations(BaseModel):
    chat: Chat = Field(default=Chat(), description="Conversations of several people and agents.")
    agents: tuple[AgentSettings, ...] = Field(
        default=(),
        max_length=20,
        description="Agents that people can add to a conversation besides luka itself, each with "
        "`name`, `title`, `model`, `system_prompt` and `policy` (`mention`, `smart`, `always`, "
        "`quiet`). Best written in `config.yaml`; in the environment it is JSON.",
    )
    web: Web = Field(default=Web(), description="The page of conversations.")

    @field_validator("agents")
    @classmethod
    def _each_once(cls, agents: tuple[AgentSettings, ...]) -> tuple[AgentSettings, ...]:
        names = [one.name for one in agents]
        if len(set(names)) < len(names):
            raise PydanticCustomError("agent", "has two agents of one name")
        return agents

    @property
    def personas(self) -> tuple[Agent, ...]:
        return tuple(one.agent for one in self.agents)
