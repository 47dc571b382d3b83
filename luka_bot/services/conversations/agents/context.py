"""What an agent is told: the last words of all people, and the last of an agent."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from luka_bot.models.conversation import ChatMessage, MessageStatus, MessageType
from luka_bot.models.ids import AgentName
from luka_bot.models.message import Message, Role
from luka_bot.models.participant import ParticipantType, agent, user_of

LOOKED_AT = 300  # messages; an agent's last word may lie far back

_SAID = frozenset({MessageType.TEXT, MessageType.NLWEB_RESPONSE})


@dataclass(frozen=True, slots=True)
class Context:
    """history stands before the question, oldest first. prev_queries: what people said before it,
    with their names where several speak; last_answers: the last of an agent, if there is one."""

    question: Message
    history: tuple[Message, ...]
    prev_queries: tuple[str, ...]
    last_answers: tuple[str, ...]


def build_context(
    log: Sequence[ChatMessage], asked: ChatMessage, listener: AgentName, human_messages: int
) -> Context:
    """log: in order; what comes after the question is left out. human_messages: of all people
    together, the question included."""
    kept = _kept(log, asked, human_messages)
    people = {one.sender_id for one in kept if one.sender_type is ParticipantType.HUMAN}
    before = kept[:-1]
    queries = (one for one in before if one.sender_type is ParticipantType.HUMAN)
    answers = (one for one in before if one.sender_type is ParticipantType.AGENT)
    return Context(
        question=_told(kept[-1], listener),
        history=tuple(_told(one, listener) for one in before),
        prev_queries=tuple(_named(one) if len(people) > 1 else one.content for one in queries),
        last_answers=tuple(one.content for one in answers),
    )


def _kept(log: Sequence[ChatMessage], asked: ChatMessage, human_messages: int) -> list[ChatMessage]:
    """From the end and not for ever, so that a long log costs no more than a short one."""
    humans, agents = human_messages, 1
    kept = [asked]
    if asked.sender_type is ParticipantType.HUMAN:
        humans -= 1
    for one in islice(reversed(log), LOOKED_AT):
        if not humans and not agents:
            break
        if one.sequence_id >= asked.sequence_id or not _was_said(one):
            continue
        if one.sender_type is ParticipantType.HUMAN and humans:
            humans -= 1
        elif one.sender_type is ParticipantType.AGENT and agents:
            agents -= 1
        else:
            continue
        kept.append(one)
    return kept[::-1]


def _was_said(one: ChatMessage) -> bool:
    return one.message_type in _SAID and one.status is MessageStatus.STORED and bool(one.content)


def _told(one: ChatMessage, listener: AgentName) -> Message:
    """The prompt names people where several speak; another agent is always named."""
    if one.sender_id == agent(listener):
        return Message(Role.ASSISTANT, one.content, id=one.message_id, ts=one.timestamp)
    if one.sender_type is ParticipantType.AGENT:
        return Message(Role.USER, _named(one), id=one.message_id, ts=one.timestamp)
    person = user_of(one.sender_id)
    return Message(
        Role.USER,
        one.content,
        id=one.message_id,
        name=one.sender_name,
        sender_id=person,
        ts=one.timestamp,
        writer=person,
    )


def _named(one: ChatMessage) -> str:
    return f"{one.sender_name}: {one.content}"
