"""What luka answers to requests."""

from dataclasses import dataclass

from luka_bot.client.events import Frame, Message, Participant, message_from, participants_from


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has heard a conversation: what a later talk can go on from."""

    last_seq: int
    epoch: str


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """input_timeout in milliseconds."""

    conversation_id: str
    name: str
    participants: tuple[Participant, ...]
    input_mode: str
    input_timeout: int


@dataclass(frozen=True, slots=True)
class Listed:
    conversation_id: str
    name: str
    participant_count: int
    current_sequence_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """In order."""

    messages: tuple[Message, ...]
    current_sequence_id: int
    epoch: str


@dataclass(frozen=True, slots=True)
class Invite:
    token: str
    url: str


def conversation_from(said: Frame) -> ConversationInfo:
    return ConversationInfo(
        said["conversation_id"],
        said["name"],
        participants_from(said),
        said["input_mode"],
        said["input_timeout"],
    )


def listed_from(said: Frame) -> Listed:
    return Listed(
        said["conversation_id"],
        said["name"],
        said["participant_count"],
        said["current_sequence_id"],
    )


def page_from(said: Frame) -> Page:
    return Page(
        tuple(map(message_from, said["messages"])), said["current_sequence_id"], said["epoch"]
    )
