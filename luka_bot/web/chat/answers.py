"""What calls answer."""

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, Field

from luka_bot.models.agent import Agent
from luka_bot.models.conversation import (
    Conversation,
    ConversationInvite,
    InputMode,
    MessagePage,
    Policy,
)
from luka_bot.models.participant import human
from luka_bot.services.chat_sessions import Guest
from luka_bot.services.conversations.frames import message_frame, mode_json, participant_json
from luka_bot.services.conversations.saying import Listed


class SignedIn(BaseModel):
    """token is told once. expires_at: ISO 8601."""

    token: str
    expires_at: str
    participant_id: str
    name: str

    @classmethod
    def of(cls, guest: Guest) -> "SignedIn":
        return cls(
            token=guest.token,
            expires_at=iso(guest.expires_at),
            participant_id=human(guest.user_id),
            name=guest.name,
        )


class Participant(BaseModel):
    id: str
    name: str
    type: str
    online: bool = False


class ShownConversation(BaseModel):
    """input_timeout in milliseconds."""

    conversation_id: str
    name: str
    owner_id: str
    participants: list[Participant]
    input_mode: InputMode
    input_timeout: int
    current_sequence_id: int
    epoch: str
    policy: Policy | None = None

    @classmethod
    def of(cls, conversation: Conversation, online: frozenset[str]) -> "ShownConversation":
        return cls.model_validate(
            {
                "conversation_id": conversation.conversation_id,
                "name": conversation.name,
                "owner_id": human(conversation.owner) if conversation.owner > 0 else "",
                "participants": participants_json(conversation, online),
                **mode_json(conversation),
                "current_sequence_id": conversation.current_sequence_id,
                "epoch": conversation.epoch,
                "policy": conversation.policy,
            }
        )


class ListedConversation(BaseModel):
    """own_sequence_id: of what they said last themselves, by whatever door; 0 for nothing."""

    conversation_id: str
    name: str
    participant_count: int
    current_sequence_id: int
    own_sequence_id: int
    updated_at: str


class ConversationList(BaseModel):
    conversations: list[ListedConversation]

    @classmethod
    def of(cls, listed: tuple[Listed, ...]) -> "ConversationList":
        shown = [
            ListedConversation(
                conversation_id=one.conversation_id,
                name=one.name,
                participant_count=one.participant_count,
                current_sequence_id=one.current_sequence_id,
                own_sequence_id=one.own_sequence_id,
                updated_at=iso(one.updated_at),
            )
            for one in listed
        ]
        return cls(conversations=shown)


class ShownMessage(BaseModel):
    """redacted: its words were taken back."""

    type: str = "message"
    id: str
    sequence_id: int
    sender_id: str
    sender_name: str
    sender_type: str
    message_type: str
    content: str
    server_timestamp: str
    reply_to: int | None = None
    redacted: bool | None = None


class MessageList(BaseModel):
    """reset: what was asked for isn't there in one piece; these are the last ones."""

    messages: list[ShownMessage]
    current_sequence_id: int
    epoch: str
    reset: bool = False

    @classmethod
    def of(cls, page: MessagePage) -> "MessageList":
        return cls(
            messages=[ShownMessage.model_validate(message_frame(one)) for one in page.messages],
            current_sequence_id=page.current_sequence_id,
            epoch=page.epoch,
            reset=page.reset,
        )


class MadeInvite(BaseModel):
    """token and url are told once; key is what it is revoked by."""

    token: str
    url: str
    key: str
    uses: int
    expires_at: str


class ShownInvite(BaseModel):
    key: str
    made_by: str
    uses: int
    expires_at: str

    @classmethod
    def of(cls, invite: ConversationInvite) -> "ShownInvite":
        return cls(
            key=invite.key,
            made_by=human(invite.made_by),
            uses=invite.uses,
            expires_at=iso(invite.expires_at),
        )


class InviteList(BaseModel):
    invites: list[ShownInvite]


class ShownAgent(BaseModel):
    name: str
    title: str


class AgentList(BaseModel):
    agents: list[ShownAgent]

    @classmethod
    def of(cls, agents: tuple[Agent, ...]) -> "AgentList":
        return cls(agents=[ShownAgent(name=one.name, title=one.title) for one in agents])


class Stopped(BaseModel):
    """How many answers were ended."""

    stopped: int


class Health(BaseModel):
    """The last of it is for admins and this machine alone."""

    status: str
    connections: int
    conversations: int
    storage: str
    participants_by_conversation: dict[str, dict[str, int]] | None = None
    queue_depths: dict[str, int] | None = None


class ErrorDetail(BaseModel):
    """retry_after: seconds, where waiting helps."""

    code: str
    status: int
    message: str
    retry_after: int | None = None


class ErrorAnswer(BaseModel):
    error: ErrorDetail = Field(description="code is for programs, message for people")


def participants_json(conversation: Conversation, online: frozenset[str]) -> list[dict[str, Any]]:
    return [participant_json(one, online=one.id in online) for one in conversation.participants]


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
