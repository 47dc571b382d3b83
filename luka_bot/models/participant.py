"""Who takes part in a conversation: people and agents, by which doors."""

from dataclasses import dataclass
from enum import StrEnum

from luka_bot.models.ids import AgentName, ParticipantId, UserId
from luka_bot.models.person import FIRST_LOCAL

_TELEGRAM, _WEB, _AGENT = "tg:", "web:", "agent:"


class ParticipantType(StrEnum):
    HUMAN = "human"
    AGENT = "agent"


class Door(StrEnum):
    """Where somebody takes part. GROUP: by what they write in the Telegram group that is bound."""

    GROUP = "group"
    DM = "dm"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class ParticipantInfo:
    """joined_at: seconds since the epoch. doors: by which they are in; an agent has none."""

    id: ParticipantId
    name: str
    type: ParticipantType
    joined_at: float
    doors: frozenset[Door] = frozenset()

    @property
    def is_human(self) -> bool:
        return self.type is ParticipantType.HUMAN

    @property
    def is_agent(self) -> bool:
        return self.type is ParticipantType.AGENT

    @property
    def user_id(self) -> UserId:
        """Raises ValueError for an agent."""
        return user_of(self.id)


def human(user_id: UserId) -> ParticipantId:
    """`tg:7`, or `web:…` for an account without Telegram."""
    return ParticipantId(f"{_WEB if user_id >= FIRST_LOCAL else _TELEGRAM}{user_id}")


def agent(name: AgentName) -> ParticipantId:
    return ParticipantId(f"{_AGENT}{name}")


def is_agent(participant: ParticipantId) -> bool:
    return participant.startswith(_AGENT)


def agent_name(participant: ParticipantId) -> AgentName:
    """Raises ValueError for a person."""
    if not is_agent(participant):
        raise ValueError(participant)
    return AgentName(participant.removeprefix(_AGENT))


def user_of(participant: ParticipantId) -> UserId:
    """Raises ValueError for an agent."""
    kind, _, number = participant.partition(":")
    if f"{kind}:" not in (_TELEGRAM, _WEB):
        raise ValueError(participant)
    return UserId(int(number))
