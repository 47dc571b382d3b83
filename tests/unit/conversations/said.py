"""Messages and conversations for the tests, in few words."""

from luka_bot.models.conversation import ChatMessage, Conversation, MessageType, Policy
from luka_bot.models.ids import AgentName, ChatId, ParticipantId, ThreadId, UserId
from luka_bot.models.participant import (
    Door,
    ParticipantInfo,
    ParticipantType,
    agent,
    human,
    is_agent,
)
from luka_bot.models.thread import ThreadKind

CONVERSATION = ThreadId("c" * 32)
ANNA, BORIS, CLARA = (human(UserId(number)) for number in (7, 8, 9))
LUKA, CRITIC = agent(AgentName("luka")), agent(AgentName("critic"))
NAMES = {ANNA: "Anna", BORIS: "Boris", CLARA: "Clara", LUKA: "Luka", CRITIC: "Critic"}


def said(
    number: int,
    who: ParticipantId,
    text: str,
    *,
    reply_to: int | None = None,
    hops: int = 0,
) -> ChatMessage:
    kind = ParticipantType.AGENT if is_agent(who) else ParticipantType.HUMAN
    message_type = MessageType.NLWEB_RESPONSE if is_agent(who) else MessageType.TEXT
    return ChatMessage(
        message_id=f"m{number}",
        conversation_id=CONVERSATION,
        sequence_id=number,
        sender_id=who,
        sender_name=NAMES[who],
        sender_type=kind,
        content=text,
        timestamp=1000.0 + number,
        message_type=message_type,
        reply_to=reply_to,
        hops=hops,
    )


def conversation_of(
    *people: ParticipantId, policy: Policy | None = None, group: ChatId | None = None
) -> Conversation:
    return Conversation(
        conversation_id=CONVERSATION,
        name="Trip",
        owner=UserId(7),
        kind=ThreadKind.SHARED,
        epoch="e1",
        participants=tuple(map(_participant, people)),
        policy=policy,
        chat_id=group,
    )


def _participant(who: ParticipantId) -> ParticipantInfo:
    if is_agent(who):
        return ParticipantInfo(who, NAMES[who], ParticipantType.AGENT, 0.0)
    doors = frozenset({Door.WEB})
    return ParticipantInfo(who, NAMES[who], ParticipantType.HUMAN, 0.0, doors)
